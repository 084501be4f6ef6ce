package page

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/workflow"
)

type personKey struct{}

// WithPerson returns a request of somebody who has signed in.
func WithPerson(r *http.Request, who accounts.Person) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), personKey{}, who))
}

// Person returns who is signed in; the zero Person on pages outside the door.
func Person(r *http.Request) accounts.Person {
	p, _ := r.Context().Value(personKey{}).(accounts.Person)
	return p
}

// Actor is who is signed in, as one who acts.
func Actor(r *http.Request) workflow.Actor { return workflow.Actor{Person: Person(r)} }

type visitKey struct{}

// WithVisit returns a request of somebody who signed in on a visit.
func WithVisit(r *http.Request, visit uuid.UUID) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), visitKey{}, visit))
}

// Visit is the visit of who is signed in; uuid.Nil outside the door.
func Visit(r *http.Request) uuid.UUID {
	id, _ := r.Context().Value(visitKey{}).(uuid.UUID)
	return id
}

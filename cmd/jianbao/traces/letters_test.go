package traces_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/cmd/jianbao/traces"
	"jianbao/mailer"
)

// queue gives out letters, and takes what became of them.
type queue struct {
	mailer.Queue
	all []mailer.Delivery
}

func (q queue) Claim(context.Context, int, time.Time, time.Time) ([]mailer.Delivery, error) {
	return q.all, nil
}

func (q queue) Record(context.Context, []mailer.Outcome, []mailer.Mark) ([]uuid.UUID, error) {
	return nil, nil
}

// The way of a letter can be followed by its id, and a large group is bounded.
func TestALettersWayIsInTheSpansOfItsGroups(t *testing.T) {
	r := newReceiver(t)
	tracer, err := traces.Start(t.Context(), traces.Config{Endpoint: r.URL})
	if err != nil {
		t.Fatal(err)
	}
	all := make([]mailer.Delivery, 500)
	for i := range all {
		all[i] = mailer.Delivery{ID: uuid.New(), Dispatch: uuid.New(), Name: "张三", Address: "secret@example.cn"}
	}
	q := tracer.Letters(queue{all: all})
	if _, err := q.Claim(t.Context(), 500, time.Now(), time.Now()); err != nil {
		t.Fatal(err)
	}
	answer := mailer.Outcome{Delivery: all[7].ID, Dispatch: all[7].Dispatch, State: mailer.Deferred, Stage: mailer.Reply, Code: 451, Words: "try later, 张三"}
	if _, err := q.Record(t.Context(), []mailer.Outcome{answer}, nil); err != nil {
		t.Fatal(err)
	}
	if err := tracer.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, span := range r.spans {
		if len(span.Events) > 100 {
			t.Errorf("%s has %d events", span.Name, len(span.Events))
		}
		for _, e := range span.Events {
			about := map[string]string{}
			for _, a := range e.Attributes {
				about[a.Key] = a.Value.GetStringValue()
				if a.Key == "smtp.code" {
					about[a.Key] = fmt.Sprint(a.Value.GetIntValue())
				}
			}
			if about["jianbao.delivery"] == all[7].ID.String() && about["jianbao.dispatch"] == all[7].Dispatch.String() {
				got += fmt.Sprintf("%s, %s %s; ", span.Name, e.Name, about["smtp.code"])
			}
		}
	}
	if got != "mail claim, letter claimed ; mail settle, letter deferred 451; " {
		t.Error(got)
	}
	silent(t, r, "张三", "secret", "try later")
}

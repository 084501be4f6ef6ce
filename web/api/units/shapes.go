package units

import (
	"fmt"
	"strings"

	"github.com/google/uuid"

	"jianbao/recipients"
	"jianbao/web/api/op"
)

// Unit is a 单位 of the directory.
type Unit struct {
	ID        uuid.UUID   `json:"id" format:"uuid"`
	Name      string      `json:"name"`
	Addresses []string    `json:"addresses" doc:"all its mailboxes, in the order in which they are tried"`
	Ended     string      `json:"ended,omitempty" format:"date" doc:"from when it is no more"`
	Heirs     []uuid.UUID `json:"successors" doc:"those that took its place"`
	Version   int         `json:"version"`
	UnitCard
}

// UnitCard is what is entered of a unit and may change.
type UnitCard struct {
	Aliases  []UnitAlias `json:"aliases" maxItems:"50"`
	Place    string      `json:"place" maxLength:"100" doc:"where its short names mean it"`
	Level    string      `json:"level,omitempty" enum:"central,province,city,county,township"`
	Parent   *uuid.UUID  `json:"parent,omitempty" format:"uuid" doc:"the unit above it"`
	Channel  string      `json:"channel" enum:"mail,paper,both"`
	Own      []string    `json:"own_addresses" maxItems:"20" doc:"its own mailboxes; those of its people come after them"`
	Phone    string      `json:"phone,omitempty" maxLength:"100"`
	Postcode string      `json:"postcode,omitempty" maxLength:"20"`
	Street   string      `json:"street,omitempty" maxLength:"200"`
	Contact  UnitPerson  `json:"contact" doc:"联系人"`
	Deputy   UnitPerson  `json:"deputy" doc:"副联系人"`
	Copies   int         `json:"copies" minimum:"0"`
	Assumed  bool        `json:"copies_assumed" doc:"nobody has confirmed the copies yet"`
}

// UnitPerson is a person of a unit who is written to and called.
type UnitPerson struct {
	Name      string   `json:"name,omitempty" maxLength:"100"`
	Phone     string   `json:"phone,omitempty" maxLength:"100"`
	Addresses []string `json:"addresses,omitempty" maxItems:"20"`
}

// UnitAlias is a short or a former name.
type UnitAlias struct {
	Name   string `json:"name" maxLength:"200"`
	Former bool   `json:"former,omitempty"`
	From   string `json:"from,omitempty" format:"date"`
	Until  string `json:"until,omitempty" format:"date" doc:"the first day on which it is no longer valid"`
}

func unitOf(u recipients.Unit) Unit {
	return Unit{
		ID: u.ID, Name: u.Name, Addresses: append([]string{}, u.Mailboxes()...), Ended: shownDay(u.Ended),
		Heirs: append([]uuid.UUID{}, u.Successors...), Version: u.Version,
		UnitCard: UnitCard{
			Place: u.Place, Level: string(u.Level), Parent: op.Maybe(u.Parent), Channel: string(u.Channel), Own: append([]string{}, u.Addresses...),
			Phone: u.Phone, Postcode: u.Postcode, Street: u.Street, Contact: UnitPerson(u.Contact), Deputy: UnitPerson(u.Deputy),
			Copies: u.Copies, Assumed: u.CopiesAssumed,
			Aliases: op.Each(u.Aliases, func(a recipients.Alias) UnitAlias {
				return UnitAlias{a.Name, a.Former, shownDay(a.From), shownDay(a.Until)}
			}),
		},
	}
}

// into puts what was entered into a unit.
func (c UnitCard) into(u *recipients.Unit) (err error) {
	u.Place, u.Phone, u.Postcode, u.Street = c.Place, c.Phone, c.Postcode, c.Street
	u.Channel, u.Level, u.Parent = recipients.Channel(c.Channel), recipients.Level(c.Level), op.ID(c.Parent)
	u.Addresses, u.Contact, u.Deputy = c.Own, recipients.Contact(c.Contact), recipients.Contact(c.Deputy)
	u.Copies, u.CopiesAssumed = c.Copies, c.Assumed
	u.Aliases, err = aliases(c.Aliases, u.Aliases)
	return err
}

// aliases reads names. A day that was shown and nobody touched keeps its moment.
func aliases(all []UnitAlias, before []recipients.Alias) (read []recipients.Alias, err error) {
	for n, a := range all {
		one := recipients.Alias{Name: strings.TrimSpace(a.Name), Former: a.Former}
		for _, b := range before {
			if b.Name == one.Name && shownDay(b.From) == a.From && shownDay(b.Until) == a.Until {
				one.From, one.Until = b.From, b.Until
			}
		}
		if one.From.IsZero() {
			if one.From, err = day(fmt.Sprintf("body.aliases[%d].from", n), a.From); err != nil {
				return nil, err
			}
		}
		if one.Until.IsZero() {
			if one.Until, err = day(fmt.Sprintf("body.aliases[%d].until", n), a.Until); err != nil {
				return nil, err
			}
		}
		read = append(read, one)
	}
	return read, nil
}

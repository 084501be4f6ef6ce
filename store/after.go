package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/recipients/copies"
	"jianbao/store/hints"
	"jianbao/workflow"
)

var secretMail = fault.Say("store.secret-mail", "这一期已因定密撤销，系统不再显示其内容", "the issue was recalled because it was classified; its content is not shown any more")

func purposeOf(s workflow.Sending) string {
	if s.Purpose == "" {
		return string(workflow.Released)
	}
	return string(s.Purpose)
}

// after writes what a change does beside its own issue: to other issues, and to
// letters that have not gone. What it sends itself comes behind it and is not
// stopped by it.
func after(tx *gorm.DB, change workflow.Change) error {
	for _, also := range change.Also {
		write := overwrite
		if also.Issue.Version == 1 {
			write = open
		}
		if err := write(tx, also); err != nil {
			return err
		}
	}
	if change.Trial != nil {
		if err := trial(tx, *change.Trial); err != nil {
			return err
		}
	}
	if change.Letter != uuid.Nil {
		if err := handle(tx, change.Letter, change.Deed, change.Issue.Changed); err != nil {
			return err
		}
	}
	return queueOrder(tx, change.Issue.ID, change.Queue, change.Issue.Changed)
}

// ofIssue are the dispatches of an issue that have it for their content.
const ofIssue = "SELECT id FROM dispatch WHERE issue = @id AND purpose IN ('release', 'resend')"

// queueOrder stops letters of an issue that have not gone, lets them go on, or
// sees to it that they never go. A dispatch that is cancelled stays paused, so
// that no further address is tried when one of its letters comes back.
func queueOrder(tx *gorm.DB, issue uuid.UUID, order workflow.QueueOrder, at time.Time) error {
	if order == "" {
		return nil
	}
	paused := order != workflow.ResumeQueue
	soon(tx, hints.Queued, uuid.Nil)
	if err := tx.Exec("UPDATE dispatch SET paused = @paused WHERE id IN ("+ofIssue+")", map[string]any{"id": issue, "paused": paused}).Error; err != nil {
		return fmt.Errorf("store: letters of %s: %w", issue, err)
	}
	var err error
	switch order {
	case workflow.PauseQueue:
		_, err = rule(tx, "state = 'queued', "+untaken, "dispatch IN ("+ofIssue+") AND state = 'claimed'", issue, at)
	case workflow.CancelQueue:
		_, err = rule(tx, "state = 'cancelled', "+untaken, "dispatch IN ("+ofIssue+") AND "+takeable, issue, at)
	}
	return err
}

// outOf reads what concerns the issue of a case that is out: itself, or what it
// corrects as long as that is not done. An issue is locked before what it
// corrects, and nothing locks the other way round.
func (s *Store) outOf(tx *gorm.DB, c *workflow.Case) (err error) {
	out := c.Issue
	if out.Corrects != uuid.Nil && out.Released.IsZero() {
		original, err := issueByID(s.locking(tx, issueLock), out.Corrects)
		if err != nil {
			return err
		}
		c.Original, out = &original, original
	}
	if out.Released.IsZero() {
		return nil
	}
	if c.Holders, err = holdersOf(tx, out.ID); err != nil || out.ID != c.Issue.ID {
		return err
	}
	entries, err := copiesOf(tx, out.ID)
	if err != nil {
		return err
	}
	c.Ledger = copies.New(entries)
	c.Handed, err = handoversOf(tx, out.ID)
	return err
}

// resend writes the very content of an issue's release as another dispatch.
func resend(tx *gorm.DB, sending workflow.Sending) error {
	row, err := first[dispatchRow](tx.Where("issue = ? AND purpose = 'release'", sending.Issue))
	if err != nil {
		return err
	}
	row.ID, row.At, row.Purpose = sending.ID, momentOf(sending.At), purposeOf(sending)
	if row.seal() != row.SHA256 {
		return fault.New(fault.Internal, altered.With())
	}
	letters, err := lettersOf(sending, row.Urgent)
	if err != nil {
		return err
	}
	if err := add(tx, row); err != nil {
		return err
	}
	soon(tx, hints.Queued, uuid.Nil)
	return addLetters(tx, letters...)
}

// Holders returns the units that have an issue or may have it, in the order in
// which they came to it: by a letter that a relay took or may have taken, or by
// copies that the ledger has with them. What was called off, failed or came
// back counts for nothing.
func (s *Store) Holders(ctx context.Context, issue uuid.UUID) (all []workflow.Holder, err error) {
	err = s.read(ctx, func(tx *gorm.DB) error {
		all, err = holdersOf(tx, issue)
		return err
	})
	return all, err
}

// mayHaveIt are the states of letters that reached somebody, or may have.
var mayHaveIt = []mailer.State{mailer.Accepted, mailer.Uncertain, mailer.Data}

func holdersOf(tx *gorm.DB, issue uuid.UUID) (all []workflow.Holder, err error) {
	place := map[uuid.UUID]int{}
	of := func(unit uuid.UUID, name string) *workflow.Holder {
		n, known := place[unit]
		if !known {
			n, all = len(all), append(all, workflow.Holder{Unit: unit, Name: name})
			place[unit] = n
		}
		return &all[n]
	}
	letters, err := rows[deliveryRow](tx.Select("unit", "name", "address").Where("dispatch IN ("+ofIssue+") AND state IN @gone", map[string]any{"id": issue, "gone": mayHaveIt}).Order("created, id"))
	if err != nil {
		return nil, err
	}
	for _, l := range letters {
		h := of(l.Unit, l.Name)
		h.Addresses = slices.DeleteFunc(h.Addresses, func(a string) bool { return a == l.Address })
		h.Addresses = slices.Insert(h.Addresses, 0, l.Address)
	}
	entries, err := copiesOf(tx, issue)
	if err != nil {
		return nil, err
	}
	names, err := namesOf(tx, issue)
	if err != nil {
		return nil, err
	}
	for _, b := range copies.New(entries).Outstanding() {
		of(b.Account.Unit, names[b.Account.Unit]).Paper = b.Count
	}
	return all, nil
}

// namesOf are the units that hold copies of an issue, as its lists name them,
// and otherwise as the directory does.
func namesOf(tx *gorm.DB, issue uuid.UUID) (map[uuid.UUID]string, error) {
	names := map[uuid.UUID]string{}
	var known []struct {
		ID   uuid.UUID
		Name string
	}
	err := tx.Raw("SELECT id, name FROM unit WHERE 'unit:' || id IN (SELECT to_account FROM copy_entry WHERE issue = ?)", issue).Scan(&known).Error
	if err != nil {
		return nil, fmt.Errorf("store: units of %s: %w", issue, err)
	}
	for _, u := range known {
		names[u.ID] = u.Name
	}
	row, err := first[issueRow](tx.Select("circulation").Where("id = ?", issue))
	if err != nil {
		return nil, err
	}
	for _, place := range row.Circulation.All() {
		names[place.Unit] = place.Name
	}
	return names, nil
}

// notSecret refuses the content of an issue that turned out to be classified.
// What its holders were told of the recall has nothing of it.
func notSecret(tx *gorm.DB, dispatch uuid.UUID) error {
	sent, err := first[dispatchRow](tx.Select("issue", "purpose").Where("id = ?", dispatch))
	if err != nil || sent.Issue == uuid.Nil || sent.Purpose == string(workflow.Revoked) {
		return err
	}
	row, err := first[issueRow](tx.Select("recall").Where("id = ?", sent.Issue))
	if fault.Is(err, fault.NotFound) {
		return nil // a letter of no issue that we have
	}
	if err == nil && row.Recall != nil && row.Recall.Secret {
		err = fault.New(fault.Refused, secretMail.With())
	}
	return err
}

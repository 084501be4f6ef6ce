// Package workflow is the way of an issue: who may do what to it, when, and
// what follows.
//
// # Reading order
//
// moves.go is the table of everything that can happen to an issue: the act,
// the states it starts from, the state it leads to, who may, and the rules it
// must meet. Decisions, buttons, API and the drawing in docs/workflow.md are
// made from that one table. rules.go holds the rules by name; each looks at a
// [Case] and returns every reason against. decide.go applies a move:
//
//	Decide(case) → Change, or a fault with all reasons at once
//
// Decide is pure. It reads no clock, makes no ids that matter and touches no
// database; [Desk] calls it inside the transaction that writes its [Change],
// with what that transaction read. Pages, API, command line and the scheduler
// all go through Desk.
//
// # Routes and decisions
//
// A [Route] is data of the series: steps, and for each who decides, how many
// must, the rule under which it is passed over, its deadline, and what happens
// when that has passed (remind, escalate, pass on; nothing approves by itself).
// [Route.Validate] checks it when the series is saved. An issue keeps the route
// it was opened with (docs/adr/0009); [Assignment] puts people into the seats of
// others, in one issue.
//
// A [Decision] is made by a person, perhaps in the place of another (代, see
// accounts.Delegation), perhaps on paper ([Signature]). It stands until the
// issue is returned or it is taken back, which is possible until a later step
// has acted on it. Who wrote in the text approves nothing, and nobody holds two
// offices, but for the [Exception] of a two-person office, which history tells.
// An [Emergency] lets an issue out before all have decided, and stays open until
// somebody else has approved it. A [Comment] is on a place of the text and
// changes nothing.
//
// # Digests
//
// A decision is bound to a [Digest]: the body with its pictures, the
// circulation, the copies, the attachments and the version of the template, and
// never the number or the date, which registration adds later (Regulation on
// official documents, 中办发〔2012〕14号, art. 25). An issue is approved when every
// step of its route has enough decisions for the digest it has now, or for one
// from which classed changes lead to it. Nothing is released otherwise.
//
// After the sign-off a text is changed by an [Amendment], which somebody else
// classes (art. 25(1)): layout reopens nothing, a slip the recheck, substance the
// step of the signatory, for whoever signed. Classing is part of the recheck, and
// whoever made a change is no judge of whether the signatory needs to see it.
//
// # Numbers
//
// Registration gives a number late, under a lock, without a gap: see
// [NextNumber] for the year it belongs to, [NextTotal], [GapReport],
// [Desk.VoidGap] and [Desk.ImportBack].
//
// # What comes in
//
// A text enters through [Desk.Open], [Desk.OpenFile] and their like, a file
// through [Desk.Attach]. What bears a classification label is refused there
// before anything is written; of it the register may have a [Stub]. What was
// handed in is kept as an [Original], byte for byte.
//
// Package ready looks at an issue when it is submitted and before it is
// released: see [Desk.Ready].
//
// # Release
//
// The scheduler releases an issue when its time has come: the finished parts
// are made by a [Renderer] just before the transaction that turns scheduled
// into dispatching and writes the [Sending], its letters and its copies. An
// issue that missed its time, or that cannot go out as it is, waits for a
// person. The mail engine takes over from the tables; the two rooms never meet.
//
// # Time
//
// Each series has a [Timetable]. Its recurrences (cadence.go) are ticks of the
// wall clock: one opens the next issue, two look for the issue that should be
// there. Each [Fire] is a row that is unique, also where the tick was let go.
// [ClimbTo] is the ladder of reminders of a step's deadline.
//
// # Notices
//
// What changes an issue puts it on the [Watch]; the scheduler looks at it, and
// [Tell] says who is to be told what. Notices are rows, each said once, shown
// on pages and mailed as [Reach] says. A letter may offer a [Ticket], with
// which [Answering] takes one decision of somebody who has not signed in.
// Nothing of all this decides in anybody's place.
//
// An [Identity] keeps a copied database from sending.
//
// # History
//
// Every change adds one [Event], hashed with the one before it; [VerifyChain]
// finds an edit, a deletion or a reordering.
package workflow

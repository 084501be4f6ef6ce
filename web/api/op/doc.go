// Package op is what the rooms of the API make their operations with: how one is
// described and registered, who asks, what they may see, pages of lists,
// versions, refusals, and the few shapes that many operations share.
//
// A room of the API (web/api/copies, web/api/units and so on) is a folder with
// the operations of one subject. It is given what the pages of that subject are
// given, and asks the same desks and books, so that what may be done, and why
// not, has one source:
//
//	func Room(c Config) op.Room {
//		return func(k *op.Kit) {
//			rm := &room{k, c}
//			op.On(k, op.Get("list-things", "/things", "things", "Every thing"), rm.list)
//		}
//	}
//
// The program puts it among api.Config.Rooms. An operation returns what it
// answers, or an error, which becomes application/problem+json with the code and
// the reasons that the pages show ([Kit.Problem]). Whoever asks is known by then
// ([CallerOf]); what they may not see is [NotHere], as if it did not exist
// ([Kit.Find], [Kit.SeriesOf]).
//
// # Inputs
//
// An input embeds what every question of its sort says: [OfIssue], [OfSeries],
// [Paging] for lists, [Condition] where a version was seen, [Keyed] for every
// POST. They are exported because huma reads embedded fields of exported types
// only. Names of shapes are unique in all rooms, since the document has one list
// of them.
package op

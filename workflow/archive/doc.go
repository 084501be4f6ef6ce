// Package archive is how issues that have a number are found again: by words of
// their text, by who got them, by who signed them or wrote a remark on them, by
// day, series and kind.
//
// # The index
//
// [EntryOf] is what the index keeps of an issue. Its text is folded ([Fold]):
// full-width letters are plain, capitals small, marks and spaces are boundaries,
// and spaces beside Chinese characters, which are layout, are gone. Chinese has
// no spaces between words, so that what is indexed are pairs of neighbouring
// characters ([Grams]): 国资委 is 国资, 资委 and, since a run of characters ends
// there, 委. A word of two characters is then one pair, exactly; one character is
// the beginning of a pair; a longer word has all its pairs in every text that has
// it, and the few texts that have the pairs and not the word are told apart by
// looking ([Query.In]). It is the same on every database.
//
// An issue enters the index when it gets its number and leaves it when its
// content is destroyed or it is withdrawn; both happen in the transaction that
// changes it. What is classified never was in the program.
//
// # Asking
//
//	q, err := archive.ParseQuery("国资委 人才")
//	spans := archive.Excerpt(passages, q, 40)
//
// Every word of a question must be found. Whose series are searched is the
// caller's to say: [Asked] has no default that would mean all.
package archive

package workflow

import "jianbao/bulletin"

// Withheld reports whether nobody is shown what the issue says: somebody said
// that it is classified, and nobody has turned that down. Where state secrets must
// not be, they must not be read either (Law on Guarding State Secrets, art. 31):
// who has to know what it says has it on paper.
func (i Issue) Withheld() bool {
	return i.State != Destroyed && i.Recall != nil && i.Recall.Secret
}

// Shown returns the issue as it may be shown: where it is withheld without its
// text, its items and its files. Who has it, how many copies there are, who
// decided and its history stay, since they are what has to be collected; its
// digest stays what it was.
func (i Issue) Shown() Issue {
	if !i.Withheld() {
		return i
	}
	i.digest = i.Digest()
	i.Text, i.Problems, i.Attachments, i.Pictures = "", nil, nil, nil
	i.Document = bulletin.Document{
		Masthead: i.Document.Masthead, Organs: i.Document.Organs, Number: i.Document.Number, Date: i.Document.Date, PrintRun: i.Document.PrintRun,
	}
	return i
}

package copies

import (
	"time"

	"github.com/google/uuid"
)

// A Kind is a kind of account of the ledger.
type Kind string

// The accounts. Made is the source: what it has given is the number of copies
// that exist; every copy is in exactly one of the others.
const (
	Made        Kind = "made"        // 印制
	Stock       Kind = "stock"       // 库存
	Unit        Kind = "unit"        // 某单位
	OnFile      Kind = "file"        // 存档
	Spoiled     Kind = "spoiled"     // 印废
	Returned    Kind = "returned"    // 退回
	Destroyed   Kind = "destroyed"   // 销毁
	Unexplained Kind = "unexplained" // 不明
)

// An Account is a place where copies can be. Unit is set for the kind Unit
// only.
type Account struct {
	Kind Kind      `json:"kind"`
	Unit uuid.UUID `json:"unit,omitzero"`
}

// An Entry moves Count copies from one account to another. Entries are only
// ever added; a mistake is corrected by another entry.
type Entry struct {
	ID     uuid.UUID
	Seq    int // 1-based within the issue
	At     time.Time
	By     string // who, or the robot
	From   Account
	To     Account
	Count  int // copies, > 0
	Reason string
}

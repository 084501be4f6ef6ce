package copies

import (
	"fmt"
	"strings"

	"github.com/google/uuid"

	"jianbao/fault"
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

// Kinds are all kinds, in the order in which a ledger shows them.
var Kinds = []Kind{Made, Unit, OnFile, Stock, Returned, Spoiled, Destroyed, Unexplained}

var titles = map[Kind]fault.Sentence{
	Made:        fault.Say("copies.made", "印制", "printed"),
	Stock:       fault.Say("copies.stock", "库存", "in stock"),
	Unit:        fault.Say("copies.unit", "各单位", "with units"),
	OnFile:      fault.Say("copies.file", "存档", "on file"),
	Spoiled:     fault.Say("copies.spoiled", "印废", "spoiled"),
	Returned:    fault.Say("copies.returned", "退回", "returned"),
	Destroyed:   fault.Say("copies.destroyed", "销毁", "destroyed"),
	Unexplained: fault.Say("copies.unexplained", "不明", "unexplained"),
}

// Title returns what people call the kind, in both languages.
func (k Kind) Title() fault.Reason {
	if s, known := titles[k]; known {
		return s.With()
	}
	return fault.Reason{Key: string(k)}
}

// An Account is a place where copies can be. Unit is set for the kind Unit
// only. Its text form, in JSON too, is that of [Account.String].
type Account struct {
	Kind Kind
	Unit uuid.UUID
}

// OfUnit returns the account of a unit.
func OfUnit(id uuid.UUID) Account { return Account{Unit, id} }

// String returns the account as it is stored: stock, or unit:UUID.
func (a Account) String() string {
	if a.Kind == Unit {
		return string(Unit) + ":" + a.Unit.String()
	}
	return string(a.Kind)
}

// ParseAccount reads what [Account.String] writes. An error names the text.
func ParseAccount(text string) (Account, error) {
	kind, id, of := strings.Cut(text, ":")
	a := Account{Kind: Kind(kind)}
	if of {
		unit, err := uuid.Parse(id)
		if err != nil {
			return Account{}, fmt.Errorf("copies: account %q: %w", text, err)
		}
		a.Unit = unit
	}
	if !a.valid() || a.String() != text {
		return Account{}, fmt.Errorf("copies: there is no account %q", text)
	}
	return a, nil
}

// MarshalText returns the account as [Account.String] does.
func (a Account) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText is [ParseAccount].
func (a *Account) UnmarshalText(text []byte) error {
	parsed, err := ParseAccount(string(text))
	if err != nil {
		return err
	}
	*a = parsed
	return nil
}

// valid reports whether the kind is known and has a unit exactly where it must.
func (a Account) valid() bool {
	_, known := titles[a.Kind]
	return known && (a.Kind == Unit) == (a.Unit != uuid.Nil)
}

// holder is the account in a sentence. The book knows units by id only, so it
// does not name them.
func (a Account) holder() fault.Reason {
	if a.Kind == Unit {
		return thisUnit.With()
	}
	return a.Kind.Title()
}

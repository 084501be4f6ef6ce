package looks

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"jianbao/bulletin/typeset"
	"jianbao/fault"
)

// Values are what stands in the form, by the names of its fields, and what of the
// template no field shows.
type values struct {
	Base, Name string
	Fields     map[string]string
	// rest is the office's own template as it was written, for the entries that
	// the form does not show.
	rest string
}

// tree is a template as JSON has it.
type tree = map[string]any

// treeOf is a template as a tree.
func treeOf(t typeset.Template) (tree, error) {
	data, err := json.Marshal(t)
	made := tree{}
	if err == nil {
		err = json.Unmarshal(data, &made)
	}
	if err != nil {
		return nil, fmt.Errorf("looks: %w", err)
	}
	return made, nil
}

// valuesOf fills the form with the look of a series; nil is the first that comes
// with the program.
func valuesOf(look json.RawMessage) (v values, err error) {
	t, err := readLook(look)
	if err != nil {
		return v, err
	}
	var begun struct{ Base string }
	_ = json.Unmarshal(look, &begun) // it was read just now; nil begins with none
	v.Base, v.rest = cmp.Or(begun.Base, typeset.Builtin()[0].Name), string(look)
	v.Name, v.Fields = t.Name, map[string]string{}
	made, err := treeOf(t)
	for _, f := range fields() {
		v.Fields[f.Name] = written(at(made, f.Name))
	}
	return v, err
}

// at is what stands at a place of a tree.
func at(t tree, name string) any {
	part, entry, _ := strings.Cut(name, ".")
	inner, _ := t[part].(tree)
	return inner[entry]
}

// written is a value as it stands in a form; a check that is not set is "".
func written(value any) string {
	switch x := value.(type) {
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	case bool:
		if x {
			return "yes"
		}
		return ""
	case string:
		return x
	}
	return ""
}

// typed is what a form says.
func typed(form url.Values) values {
	v := values{Base: form.Get("base"), Name: strings.TrimSpace(form.Get("name")), rest: form.Get("rest"), Fields: map[string]string{}}
	for _, f := range fields() {
		v.Fields[f.Name] = form.Get(f.Name)
	}
	if form.Get("begin") != "" { // anew, from the template that was chosen
		if t, found := typeset.BuiltinNamed(v.Base); found {
			if made, err := treeOf(t); err == nil {
				for _, f := range fields() {
					v.Fields[f.Name] = written(at(made, f.Name))
				}
				v.Name, v.rest = t.Name, ""
			}
		}
	}
	return v
}

// template is the look that the form describes, as it is kept: the template it
// begins with, its name, and what differs. It fails with everything that is wrong.
func (v values) template() (json.RawMessage, error) {
	base, found := typeset.BuiltinNamed(v.Base)
	if !found {
		return nil, fault.New(fault.Invalid, badLook.With(), noBase.With(v.Base))
	}
	from, err := treeOf(base)
	if err != nil {
		return nil, err
	}
	made, err := v.over(from)
	if err != nil {
		return nil, err
	}
	made["base"], made["name"] = v.Base, v.Name
	data, err := json.Marshal(made)
	if err != nil {
		return nil, fmt.Errorf("looks: %w", err)
	}
	_, err = typeset.ReadTemplate(data)
	return data, err
}

// unlessSame is a look, or the one that a series has where they are the same: what
// was signed off with it stands then.
func unlessSame(before, look json.RawMessage) json.RawMessage {
	was, err := readLook(before)
	if now, broken := typeset.ReadTemplate(look); err == nil && broken == nil && was == now {
		return before
	}
	return look
}

// readLook reads the look of a series; nil is the first that comes with the
// program.
func readLook(look json.RawMessage) (typeset.Template, error) {
	if len(look) == 0 {
		return typeset.Builtin()[0], nil
	}
	return typeset.ReadTemplate(look)
}

// over is what the form says otherwise than a template, and what no field shows.
func (v values) over(base tree) (tree, error) {
	made := tree{}
	if v.rest != "" {
		if err := json.Unmarshal([]byte(v.rest), &made); err != nil {
			return nil, fault.New(fault.Invalid, badLook.With()).Because(err)
		}
	}
	var wrong []fault.Reason
	for _, f := range fields() {
		value, err := f.read(v.Fields[f.Name])
		if err != nil {
			wrong = append(wrong, badNumber.With(f.Title.With(), v.Fields[f.Name]))
			continue
		}
		put(made, f.Name, value, at(base, f.Name))
	}
	if len(wrong) > 0 {
		return nil, fault.New(fault.Invalid, badLook.With(), wrong...)
	}
	return made, nil
}

// read is what a field says.
func (f field) read(text string) (any, error) {
	switch f.Sort {
	case number:
		return strconv.ParseFloat(strings.TrimSpace(text), 64)
	case check:
		return text != "", nil
	}
	return text, nil
}

// put writes a value into a tree where it differs from the template that the tree
// goes over, and takes it out where it does not.
func put(t tree, name string, value, usual any) {
	part, entry, _ := strings.Cut(name, ".")
	inner, _ := t[part].(tree)
	inner = maps.Clone(inner)
	if inner == nil {
		inner = tree{}
	}
	if usual == nil { // left out where it is nothing
		usual = reflect.Zero(reflect.TypeOf(value)).Interface()
	}
	if delete(inner, entry); value != usual {
		inner[entry] = value
	}
	if t[part] = inner; len(inner) == 0 {
		delete(t, part)
	}
}

package api

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

// schemas checks values against the schemas of a document (JSON Schema
// 2020-12, as far as the document uses it). It is written against the standard
// and knows nothing of how the document was made; a keyword that it does not
// know is an error and not passed over.
type schemas struct{ doc map[string]any }

func object(v any) map[string]any {
	o, _ := v.(map[string]any)
	return o
}

func itoa(n int) string { return strconv.Itoa(n) }

// check returns everything about a value that is not of a schema.
func (s schemas) check(schema, value any, at string) (wrong []string) {
	say := func(format string, args ...any) { wrong = append(wrong, at+": "+fmt.Sprintf(format, args...)) }
	form := object(schema)
	for keyword, want := range form {
		switch keyword {
		case "description", "default", "examples", "readOnly", "contentEncoding":
		case "$ref":
			name := strings.TrimPrefix(want.(string), "#/components/schemas/")
			wrong = append(wrong, s.check(object(object(s.doc["components"])["schemas"])[name], value, at)...)
		case "type":
			if !isType(want, value) {
				say("%v is no %v", value, want)
			}
		case "enum":
			if !slices.Contains(want.([]any), value) {
				say("%v is none of %v", value, want)
			}
		case "format":
			if !isFormat(want.(string), value) {
				say("%v is no %v", value, want)
			}
		case "pattern":
			if text, ok := value.(string); ok && !regexp.MustCompile(want.(string)).MatchString(text) {
				say("%v does not match", value)
			}
		case "minimum", "maximum", "minLength", "maxLength", "maxItems", "minItems":
			if !within(keyword, want.(float64), value) {
				say("%v is beyond %s %v", value, keyword, want)
			}
		case "items":
			list, _ := value.([]any)
			for n, one := range list {
				wrong = append(wrong, s.check(want, one, fmt.Sprintf("%s[%d]", at, n))...)
			}
		case "required":
			for _, name := range want.([]any) {
				if _, there := object(value)[name.(string)]; !there {
					say("%v is missing", name)
				}
			}
		case "properties", "additionalProperties":
		default:
			say("the keyword %s is not known", keyword)
		}
	}
	for name, one := range object(value) {
		wrong = append(wrong, s.property(form, name, one, at+"."+name)...)
	}
	return wrong
}

// property checks one member of an object.
func (s schemas) property(form map[string]any, name string, value any, at string) []string {
	if schema, named := object(form["properties"])[name]; named {
		return s.check(schema, value, at)
	}
	switch more := form["additionalProperties"].(type) {
	case map[string]any:
		return s.check(more, value, at)
	case bool:
		if !more {
			return []string{at + ": the schema has no such member"}
		}
	}
	return nil
}

func isType(want, value any) bool {
	if many, ok := want.([]any); ok {
		return slices.ContainsFunc(many, func(one any) bool { return isType(one, value) })
	}
	switch v := value.(type) {
	case nil:
		return want == "null"
	case bool:
		return want == "boolean"
	case string:
		return want == "string"
	case float64:
		return want == "number" || want == "integer" && v == float64(int64(v))
	case []any:
		return want == "array"
	}
	return want == "object"
}

func isFormat(want string, value any) bool {
	text, ok := value.(string)
	if !ok {
		return want == "int64" || want == "int32" || want == "double"
	}
	var err error
	switch want {
	case "uuid":
		_, err = uuid.Parse(text)
	case "date-time":
		_, err = time.Parse(time.RFC3339, text)
	case "date":
		_, err = time.Parse(time.DateOnly, text)
	default:
		return false
	}
	return err == nil
}

func within(keyword string, want float64, value any) bool {
	var n float64
	switch v := value.(type) {
	case float64:
		n = v
	case string:
		n = float64(len([]rune(v)))
	case []any:
		n = float64(len(v))
	}
	if strings.HasPrefix(keyword, "min") {
		return n >= want
	}
	return n <= want
}

// The check itself finds what is wrong.
func TestTheCheckOfSchemasFindsWhatIsWrong(t *testing.T) {
	s := schemas{map[string]any{"components": map[string]any{"schemas": map[string]any{"Name": map[string]any{"type": "string", "maxLength": 2.0}}}}}
	schema := map[string]any{
		"type": "object", "required": []any{"id"}, "additionalProperties": false,
		"properties": map[string]any{
			"id": map[string]any{"type": "string", "format": "uuid"}, "name": map[string]any{"$ref": "#/components/schemas/Name"},
			"all": map[string]any{"type": []any{"array", "null"}, "items": map[string]any{"enum": []any{"a"}}},
		},
	}
	for want, value := range map[int]any{
		0: map[string]any{"id": uuid.NewString(), "name": "甲乙", "all": []any{"a"}},
		1: map[string]any{"name": "甲"},
		2: map[string]any{"id": 1.0, "all": nil},
		3: map[string]any{"id": uuid.NewString(), "name": "甲乙丙", "all": []any{"b"}, "x": 1.0},
	} {
		if got := s.check(schema, value, "$"); len(got) != want {
			t.Errorf("%v: %v", value, got)
		}
	}
	if got := s.check(map[string]any{"oneOf": []any{}}, nil, "$"); len(got) != 1 {
		t.Error("a keyword that it does not know is passed over")
	}
}

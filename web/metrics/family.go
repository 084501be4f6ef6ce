package metrics

import (
	"bufio"
	"context"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Kind is the type of a family, as Prometheus names them.
type Kind string

// The kinds.
const (
	Gauge     Kind = "gauge"
	Counter   Kind = "counter"
	Histogram Kind = "histogram"
)

// A Family is all samples of one name.
type Family struct {
	Name    string // of a counter it ends in _total
	Help    string // one line, in English
	Kind    Kind
	Samples []Sample
}

// A Sample is one number, with its labels: names and values by turns.
type Sample struct {
	Suffix string // of a histogram: _bucket, _sum or _count
	Labels []string
	Value  float64
}

// gauge and its like make families of one sample or of many.
func gauge(name, help string, samples ...Sample) Family {
	return Family{Name: name, Help: help, Kind: Gauge, Samples: samples}
}

func counter(name, help string, samples ...Sample) Family {
	return Family{Name: name, Help: help, Kind: Counter, Samples: samples}
}

// is is a sample with its labels.
func is[N int | int64 | uint64 | float64](n N, labels ...string) Sample {
	return Sample{Labels: labels, Value: float64(n)}
}

// at is the sample of a time; the zero time has none.
func at(t time.Time, labels ...string) []Sample {
	if t.IsZero() {
		return nil
	}
	return []Sample{is(float64(t.UnixMilli())/1000, labels...)}
}

// age is the sample of how long ago something was, 0 for never.
func age(now, since time.Time) Sample {
	if since.IsZero() {
		return is(0)
	}
	return is(max(0, now.Sub(since).Seconds()))
}

// A Source has families to show. It may leave out what it cannot tell now.
type Source interface {
	Families(ctx context.Context) []Family
}

// A Registry is the sources of one process.
type Registry []Source

// Families returns those of all sources, by name.
func (r Registry) Families(ctx context.Context) (all []Family) {
	for _, source := range r {
		all = append(all, source.Families(ctx)...)
	}
	slices.SortStableFunc(all, func(a, b Family) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// Write writes families in the text format
// (https://prometheus.io/docs/instrumenting/exposition_formats, version 0.0.4).
// A family without samples is left out.
func Write(w io.Writer, all []Family) error {
	out := bufio.NewWriter(w)
	for _, f := range all {
		if len(f.Samples) == 0 {
			continue
		}
		_, _ = out.WriteString("# HELP " + f.Name + " " + helpEscapes.Replace(f.Help) + "\n# TYPE " + f.Name + " " + string(f.Kind) + "\n")
		for _, s := range f.Samples {
			_, _ = out.WriteString(f.Name + s.Suffix + labels(s.Labels) + " " + number(s.Value) + "\n")
		}
	}
	return out.Flush() // has the first error, if there was one
}

var (
	helpEscapes  = strings.NewReplacer(`\`, `\\`, "\n", `\n`)
	labelEscapes = strings.NewReplacer(`\`, `\\`, "\n", `\n`, `"`, `\"`)
)

func labels(pairs []string) string {
	if len(pairs) == 0 {
		return ""
	}
	var all []string
	for pair := range slices.Chunk(pairs, 2) {
		all = append(all, pair[0]+`="`+labelEscapes.Replace(pair[1])+`"`)
	}
	return "{" + strings.Join(all, ",") + "}"
}

func number(v float64) string {
	if math.IsInf(v, 1) {
		return "+Inf"
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

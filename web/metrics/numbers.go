package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// A sample is one number, with its labels: names and values by turns.
type sample struct {
	labels []string
	value  float64
}

// gauge and counter are numbers that were read just now, under one name: one
// sample or many with the same labels. help is one line, in English.
func gauge(name, help string, samples ...sample) []prometheus.Metric {
	return constant(prometheus.GaugeValue, name, help, samples)
}

// counter is such a number that only grows; its name ends in _total.
func counter(name, help string, samples ...sample) []prometheus.Metric {
	return constant(prometheus.CounterValue, name, help, samples)
}

func constant(kind prometheus.ValueType, name, help string, samples []sample) (all []prometheus.Metric) {
	for _, s := range samples {
		labels := prometheus.Labels{}
		for n := 0; n < len(s.labels); n += 2 {
			labels[s.labels[n]] = s.labels[n+1]
		}
		all = append(all, prometheus.MustNewConstMetric(prometheus.NewDesc(name, help, nil, labels), kind, s.value))
	}
	return all
}

// is is a sample with its labels.
func is[N int | int64 | uint64 | float64](n N, labels ...string) sample {
	return sample{labels, float64(n)}
}

// at is the sample of a time; the zero time has none.
func at(t time.Time, labels ...string) []sample {
	if t.IsZero() {
		return nil
	}
	return []sample{is(float64(t.UnixMilli())/1000, labels...)}
}

// age is the sample of how long ago something was, 0 for never.
func age(now, since time.Time) sample {
	if since.IsZero() {
		return is(0)
	}
	return is(max(0, now.Sub(since).Seconds()))
}

package metrics

import (
	"log/slog"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// NewRegistry returns a registry of its own for what the sources count, and for
// what Go and the operating system say of the process under the names that are
// theirs everywhere. A source may be in several registries.
func NewRegistry(sources ...prometheus.Collector) *prometheus.Registry {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	registry.MustRegister(sources...)
	return registry
}

// written answers with the numbers of a registry. What can be gathered is
// written though something else cannot: numbers that are there help whoever
// looks for why others are not.
func written(registry prometheus.Gatherer, log *slog.Logger) http.Handler {
	return promhttp.HandlerFor(registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn)})
}

// send gives numbers to the registry that collects.
func send(ch chan<- prometheus.Metric, all []prometheus.Metric) {
	for _, metric := range all {
		ch <- metric
	}
}

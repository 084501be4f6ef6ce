package main

import (
	"context"
	"time"

	"jianbao/cmd/jianbao/traces"
)

// traceSettings say where traces go.
type traceSettings struct {
	Traces string `name:"traces" placeholder:"URL" env:"OTEL_EXPORTER_OTLP_ENDPOINT" help:"Base address of a collector of OpenTelemetry traces (OTLP over HTTP), such as http://127.0.0.1:4318; none are made without it."`
}

// lastTraces is how long the sending of what is left may take when the program
// ends.
const lastTraces = 5 * time.Second

// trace has the office traced, and returns what sends the last of it.
func (s traceSettings) trace(ctx context.Context, o *office) (stop func(), err error) {
	if o.traced, err = traces.Start(ctx, traces.Config{Endpoint: s.Traces, Version: version}); err != nil {
		return nil, err
	}
	if o.traced != nil {
		o.scheduler.Traced = o.traced.Span
		if err := o.store.Traced(o.traced.Within); err != nil {
			return nil, err
		}
	}
	return func() {
		late, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastTraces)
		defer cancel()
		if err := o.traced.Stop(late); err != nil {
			o.log.Warn("traces", "error", err)
		}
	}, nil
}

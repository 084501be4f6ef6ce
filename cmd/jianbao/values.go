package main

import (
	"strconv"
	"strings"
	"time"

	"jianbao/fault"
	"jianbao/workflow/calendar"
)

var (
	badSize     = fault.Say("cmd.bad-size", "大小应写成 20MB 这样（KB、MB 或不带单位的字节数）：%s", "a size is written like 20MB (KB, MB, or a number of bytes): %s")
	badHours    = fault.Say("cmd.bad-hours", "时段应写成“1-5 8:00-18:00”这样（1 是周一，7 是周日）：%s", "hours are written like “1-5 8:00-18:00” (1 is Monday, 7 is Sunday): %s")
	badZone     = fault.Say("cmd.bad-zone", "没有这个时区：%s（例如 Asia/Shanghai）", "there is no such time zone: %s (Asia/Shanghai is one)")
	badDuration = fault.Say("cmd.bad-duration", "时长应写成 5m、30s 这样，不短于1秒：%s", "a time is written like 5m or 30s and not under a second: %s")
)

// A size is a number of bytes, written 20MB.
type size int64

// UnmarshalText reads a size of at least one byte.
func (s *size) UnmarshalText(text []byte) error {
	digits, unit := strings.TrimSpace(string(text)), int64(1)
	for suffix, bytes := range map[string]int64{"KB": 1 << 10, "MB": 1 << 20} {
		if rest, found := strings.CutSuffix(strings.ToUpper(digits), suffix); found {
			digits, unit = strings.TrimSpace(rest), bytes
			break
		}
	}
	n, err := strconv.ParseInt(digits, 10, 32)
	if err != nil || n < 1 {
		return fault.New(fault.Usage, badSize.With(string(text)))
	}
	*s = size(n * unit)
	return nil
}

// A duration is a time of at least a second.
type duration time.Duration

// UnmarshalText reads what time.ParseDuration reads.
func (d *duration) UnmarshalText(text []byte) error {
	t, err := time.ParseDuration(string(text))
	if err != nil || t < time.Second {
		return fault.New(fault.Usage, badDuration.With(string(text)))
	}
	*d = duration(t)
	return nil
}

// A zone is the IANA name of a time zone.
type zone string

// UnmarshalText takes a name that there is.
func (z *zone) UnmarshalText(text []byte) error {
	if _, err := time.LoadLocation(string(text)); err != nil || len(text) == 0 {
		return fault.New(fault.Usage, badZone.With(string(text)))
	}
	*z = zone(text)
	return nil
}

func (z zone) location() *time.Location {
	where, err := time.LoadLocation(string(z))
	if err != nil { // UnmarshalText has seen it
		return time.UTC
	}
	return where
}

// hours are a window of the week, written “1-5 8:00-18:00”. Empty is always.
type hours struct{ calendar.Window }

// UnmarshalText reads hours, see [calendar.ParseWindow].
func (h *hours) UnmarshalText(text []byte) error {
	w, ok := calendar.ParseWindow(string(text))
	if !ok {
		return fault.New(fault.Usage, badHours.With(string(text)))
	}
	h.Window = w
	return nil
}

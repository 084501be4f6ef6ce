package main

import (
	"net"
	"strconv"
	"strings"
	"time"

	"jianbao/fault"
	"jianbao/hooks"
	"jianbao/web/me"
	"jianbao/workflow"
	"jianbao/workflow/feeds"
	holidaywatch "jianbao/workflow/holidays"
)

// hookSettings say where messages to other programs may go.
type hookSettings struct {
	HooksAllow hosts `name:"hooks-allow" group:"pages" placeholder:"HOST,…" env:"JIANBAO_HOOKS_ALLOW" zh:"允许推送到的内部主机，按推送地址里的写法（域名或IP），用逗号分开；不写就只推送到公网地址。" help:"Hosts inside the network that messages (webhooks) may be sent to, as the targets name them; public addresses alone, if empty."`
	HooksPorts ports `name:"hooks-ports" group:"pages" default:"443" placeholder:"PORT,…" env:"JIANBAO_HOOKS_PORTS" zh:"推送到其他主机时允许的端口。" help:"Ports of all other hosts that messages may be sent to."`
}

func (s hookSettings) guard() hooks.Guard {
	return hooks.Guard{Allow: s.HooksAllow, Ports: s.HooksPorts}
}

// hosts are names or addresses of machines, parted by commas.
type hosts []string

var badHosts = fault.Say("cmd.bad-hosts", "主机应写成用逗号分开的域名或IP，不带端口和路径：%q", "hosts are names or addresses parted by commas, without port or path: %q")

// UnmarshalText implements encoding.TextUnmarshaler.
func (h *hosts) UnmarshalText(text []byte) error {
	*h = nil
	for _, one := range strings.FieldsFunc(string(text), func(r rune) bool { return r == ',' || r == ' ' }) {
		if strings.ContainsAny(one, "/:") && net.ParseIP(one) == nil { // only IPv6 has colons
			return fault.New(fault.Usage, badHosts.With(one))
		}
		*h = append(*h, one)
	}
	return nil
}

// ports are numbers of ports, parted by commas.
type ports []int

var badPorts = fault.Say("cmd.bad-ports", "端口应写成用逗号分开的数字，如443,8443：%q", "ports are numbers parted by commas, such as 443,8443: %q")

// UnmarshalText implements encoding.TextUnmarshaler.
func (p *ports) UnmarshalText(text []byte) error {
	*p = nil
	for _, one := range strings.Split(string(text), ",") {
		n, err := strconv.ParseUint(strings.TrimSpace(one), 10, 16)
		if err != nil || n == 0 {
			return fault.New(fault.Usage, badPorts.With(string(text)))
		}
		*p = append(*p, int(n))
	}
	return nil
}

// hookSender is what sends messages to other programs.
func (o *office) hookSender() *hooks.Sender {
	return &hooks.Sender{Outbox: o.store, Key: o.hookKey, Guard: o.guard, Site: o.site, Now: time.Now, Log: o.log, May: o.belongs}
}

// chores are what the scheduler sees to beside the issues.
func (o *office) chores() {
	reminder := &holidaywatch.Reminder{Watch: o.store, NewID: o.desk.NewID}
	o.scheduler.Chores = append(o.scheduler.Chores, reminder.Look, workflow.ClockWatch{Desk: o.desk, Releases: o.store}.Look)
}

// hookOffice is where administrators say which programs are told.
func (o *office) hookOffice() hooks.Office {
	return hooks.Office{Targets: o.store, Guard: o.guard, Key: o.hookKey, Now: time.Now, NewID: o.desk.NewID}
}

// ownPages are what a person's own pages are made with.
func (o *office) ownPages() me.Config {
	return me.Config{Notices: o.store, Site: o.site, Feeds: feeds.Desk{Keeper: o.store, Reads: o.store, Site: o.site, Now: time.Now, NewID: o.desk.NewID}}
}

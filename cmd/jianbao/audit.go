package main

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/workflow/history"
)

// audit proves the history of issues.
type audit struct {
	Verify auditVerify `cmd:"" help:"Find what was done to the history behind the program's back."`
	Root   auditRoot   `cmd:"" help:"Make the root of today, which serve makes every day."`
	Export auditExport `cmd:"" help:"Write every event as a JSON line."`
}

// historySettings say where the daily roots of all histories go.
type historySettings struct {
	Roots    string `name:"roots" group:"data" placeholder:"FILE" env:"JIANBAO_ROOTS" zh:"每日历史根的文件，只在末尾追加；不写就是数据目录里的 roots.jsonl。最好放在别的机器能取走的地方。" help:"File of the daily roots of all histories, which only grows; roots.jsonl in --dir, if empty. Best where another machine can fetch it."`
	RootsKey string `name:"roots-key" group:"data" placeholder:"FILE" env:"JIANBAO_ROOTS_KEY" zh:"签名历史根的密钥文件，第一次用时生成；不写就是数据目录里的 roots.key。几台机器共用一个数据库时须用同一个密钥。" help:"File of the key that signs them, made at first use; roots.key in --dir, if empty. Machines that share a database need the same key."`
}

// notary returns who makes the roots of an office.
func (o *office) notary(h historySettings, dir string, zone *time.Location) history.Notary {
	n := history.Notary{Books: o.store, KeyFile: h.RootsKey, File: h.Roots, Now: o.desk.Now, Zone: zone, Log: o.log}
	if n.KeyFile == "" {
		n.KeyFile = filepath.Join(dir, "roots.key")
	}
	if n.File == "" {
		n.File = filepath.Join(dir, "roots.jsonl")
	}
	return n
}

// auditing is what the commands have in common.
type auditing struct {
	database
	historySettings
	Zone zone `group:"mail" default:"Asia/Shanghai" placeholder:"ZONE" env:"JIANBAO_ZONE" help:"Time zone in which days begin and times are shown."`
}

// with calls do with the office and its notary.
func (a auditing) with(ctx context.Context, c *console, do func(*office, history.Notary) error) error {
	url, err := a.url()
	if err != nil {
		return err
	}
	o, err := open(ctx, url, slog.New(slog.NewTextHandler(c.Err, nil)))
	if err != nil {
		return err
	}
	defer o.close()
	return do(o, o.notary(a.historySettings, a.Dir, a.Zone.location()))
}

var (
	auditSound   = fault.Say("cmd.audit-sound", "历史完好：%d期共%d条，与%d份根核对无误（最后一份 %s）", "the histories are sound: %d issues with %d lines, held against %d roots, the last of %s")
	auditAlone   = fault.Say("cmd.audit-alone", "历史前后相接：%d期共%d条，没有根可核对", "the histories hang together: %d issues with %d lines, with no root to hold against them")
	auditBroken  = fault.Say("cmd.audit-broken", "历史被人在程序之外改动过，发现%d处", "the history was altered behind the program's back, in %d places")
	auditIssue   = fault.Say("cmd.audit-issue", "%s（%s）：%s", "%s (%s): %s")
	auditNotKey  = fault.Say("cmd.audit-key", "公钥应是 jianbao audit root 给出的那一串：%s", "a public key is what jianbao audit root prints: %s")
	auditMade    = fault.Say("cmd.audit-made", "已生成第%d份根（%s）：%d期共%d条，公钥 %s，写入 %s", "root %d of %s is made: %d issues with %d lines, public key %s, written to %s")
	auditThere   = fault.Say("cmd.audit-there", "今天的根已有，之后没有新的历史：第%d份（%s），公钥 %s，见 %s", "there is a root of today and nothing happened since: root %d of %s, public key %s, in %s")
	auditWritten = fault.Say("cmd.audit-written", "共写出%d条历史", "%d events were written")
)

type auditVerify struct {
	auditing
	Trust []publicKey `placeholder:"KEY" help:"Public key that you keep elsewhere, as jianbao audit root printed it; may be given again where keys changed."`
	JSON  bool        `name:"json" help:"Print one JSON object."`
}

// A publicKey is written in base64.
type publicKey struct{ ed25519.PublicKey }

// UnmarshalText reads a key.
func (k *publicKey) UnmarshalText(text []byte) error {
	raw, err := base64.StdEncoding.DecodeString(string(text))
	if err != nil || len(raw) != ed25519.PublicKeySize {
		return fault.New(fault.Usage, auditNotKey.With(string(text)))
	}
	k.PublicKey = raw
	return nil
}

// Run verifies, and fails if anything was altered.
func (a *auditVerify) Run(ctx context.Context, c *console) error {
	return a.with(ctx, c, func(_ *office, n history.Notary) error {
		var trusted []ed25519.PublicKey
		for _, k := range a.Trust {
			trusted = append(trusted, k.PublicKey)
		}
		r, err := n.Check(ctx, trusted...)
		if err != nil {
			return err
		}
		if a.JSON {
			if err := printVerified(c, r); err != nil {
				return err
			}
		} else {
			a.say(c, r)
		}
		if len(r.Findings) > 0 {
			return fault.New(fault.Blocked, auditBroken.With(len(r.Findings)))
		}
		return nil
	})
}

func (a *auditVerify) say(c *console, r history.Report) {
	for _, f := range r.Findings {
		c.line(found(f))
	}
	for _, remark := range r.Remarks {
		c.warn(remark)
	}
	switch {
	case len(r.Findings) > 0: // said by Run
	case r.Roots == 0:
		c.line(auditAlone.With(r.Issues, r.Events))
	default:
		c.line(auditSound.With(r.Issues, r.Events, r.Roots, r.Last.In(a.Zone.location()).Format(time.DateTime)))
	}
}

// found says a finding with the issue that it is about.
func found(f history.Finding) fault.Reason {
	if f.Issue == uuid.Nil {
		return f.Reason
	}
	return auditIssue.With(f.Name, f.Issue.String(), f.Reason)
}

// verified is what --json prints.
type verified struct {
	Sound    bool           `json:"sound"`
	Issues   int            `json:"issues"`
	Events   int            `json:"events"`
	Roots    int            `json:"roots"`
	Last     *time.Time     `json:"last_root"`
	Key      []byte         `json:"key,omitempty"`
	Findings []auditFinding `json:"findings"`
	Remarks  []string       `json:"remarks,omitempty"`
}

type auditFinding struct {
	history.Finding
	Says string `json:"says"`
}

func printVerified(c *console, r history.Report) error {
	v := verified{Sound: len(r.Findings) == 0, Issues: r.Issues, Events: r.Events, Roots: r.Roots, Key: r.Key, Findings: []auditFinding{}}
	if r.Roots > 0 {
		v.Last = &r.Last
	}
	for _, f := range r.Findings {
		v.Findings = append(v.Findings, auditFinding{f, f.Reason.In(c.Lang)})
	}
	for _, remark := range r.Remarks {
		v.Remarks = append(v.Remarks, remark.In(c.Lang))
	}
	out := json.NewEncoder(c.Out)
	out.SetEscapeHTML(false)
	return out.Encode(v)
}

type auditRoot struct {
	spoken
	auditing
	NewKey bool `help:"Go on although the key is not that of the roots before: it is lost."`
}

// Run makes the root of today.
func (a *auditRoot) Run(ctx context.Context, c *console) error {
	return a.with(ctx, c, func(_ *office, n history.Notary) error {
		n.NewKey = a.NewKey
		root, made, err := n.Root(ctx)
		if err != nil {
			return err
		}
		at := root.At.In(a.Zone.location()).Format(time.DateTime)
		key := base64.StdEncoding.EncodeToString(root.Key)
		if made {
			c.line(auditMade.With(root.Seq, at, root.Chains, root.Events, key, n.File))
		} else {
			c.line(auditThere.With(root.Seq, at, key, n.File))
		}
		return nil
	})
}

type auditExport struct {
	auditing
}

// Run writes the events to the standard output.
func (a *auditExport) Run(ctx context.Context, c *console) error {
	return a.with(ctx, c, func(o *office, _ history.Notary) error {
		n, err := history.Export(ctx, o.store, c.Out)
		if err != nil {
			return err
		}
		c.warn(auditWritten.With(n))
		return nil
	})
}

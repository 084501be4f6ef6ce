package dossier

import (
	"fmt"
	"strings"
	"time"

	"jianbao/fault"
	"jianbao/recipients"
	"jianbao/recipients/table"
	"jianbao/workflow"
)

// The file is an official record and in Chinese, whoever takes it.
func zh(r fault.Reason) string { return r.In(fault.ZH) }

func (f *File) table(name string, header ...string) table.Table {
	return table.Table{Name: name, Title: f.contents.Series.Masthead + nameOf(f.contents.Issue) + name, Header: header}
}

func (f *File) clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(f.contents.Series.Location()).Format("2006-01-02 15:04")
}

// signOff is the sheet of all decisions (审签单), those that count no more among
// them.
func (f *File) signOff() table.Table {
	i := f.contents.Issue
	t := f.table("审签单", "环节", "办理人", "意见", "时间", "方式", "备注", "内容摘要值")
	for _, d := range i.Decisions {
		step := ""
		if d.Step >= 0 && d.Step < len(i.Route) {
			step = zh(i.Route[d.Step].Kind.Title())
		}
		who, how, note := d.Name, "系统", d.Note
		if d.ForName != "" {
			who += "（代" + d.ForName + "）"
		}
		if d.Paper != nil {
			how = "纸质（" + zh(d.Paper.Consent.Title()) + "），" + d.Paper.ByName + "补录"
		}
		if d.Back != "" {
			note = strings.TrimSpace(note + " 已失效：" + zh(d.Back.Title()))
		}
		t.Add(step, who, zh(d.Act.Title()), f.clock(d.At), how, note, string(d.Digest))
	}
	return t
}

// circulation is whom the issue went to (发放名单).
func (f *File) circulation() table.Table {
	t := f.table("发放名单", "列", "名单上的写法", "单位", "发送方式", "地址", "纸质份数")
	for _, p := range f.contents.Issue.Circulation.All() {
		t.Add(p.Label, p.Entry, p.Name, channels[p.Channel], strings.Join(p.Addresses, "\n"), p.Paper())
	}
	return t
}

var channels = map[recipients.Channel]string{recipients.ByMail: "邮件", recipients.ByPaper: "纸质", recipients.ByBoth: "邮件和纸质"}

// receipts is who acknowledged what (签收情况): a line for every receipt, and one for
// every unit of the board that none is of.
func (f *File) receipts() table.Table {
	t := f.table("签收情况", "单位", "状态", "结论", "签收人", "时间", "方式", "应收份数", "实收份数", "说明", "凭据", "登记", "版本")
	answered := map[string]bool{}
	for _, r := range f.contents.Receipts {
		answered[r.Name] = true
		t.Add(r.Name, "", zh(r.Verdict.Title()), r.By, f.clock(r.At), zh(r.Means.Title()), r.Expected, r.Copies, r.Reason, r.Evidence, r.EnteredBy, r.Version)
	}
	for _, l := range f.contents.Board {
		if !answered[l.Name] {
			t.Add(l.Name, zh(l.State.Title()), "", "", "", "", l.Copies, 0, "", "", "", l.Version)
		}
	}
	return t
}

// remarks are what leaders wrote, and what came of it (领导批示).
func (f *File) remarks() table.Table {
	t := f.table("领导批示", "领导", "职务", "日期", "批示", "督办单", "承办单位", "要求", "期限", "办理情况", "状态")
	for _, r := range f.contents.Remarks {
		slip, units, task, due, replies := "", "", "", "", ""
		if s := r.Slip; s != nil {
			slip, task, due = zh(s.Number()), s.Task, s.Due.String()
			for n, u := range s.Units {
				units += strings.Repeat("、", min(n, 1)) + u.Name
			}
			for n, a := range s.Replies {
				replies += strings.Repeat("\n", min(n, 1)) + a.Name + "：" + a.Text
			}
		}
		t.Add(r.Leader, r.Role, r.Date.String(), r.Text, slip, units, task, due, replies, zh(r.State.Title()))
	}
	return t
}

// history is every line of the issue's history with its hash (办理过程).
func (f *File) history() table.Table {
	t := f.table("办理过程", "序号", "时间", "办理人", "操作", "之后状态", "意见", "事实", "内容摘要值", "上一行散列", "本行散列")
	for _, e := range f.contents.Events {
		var facts []string
		for _, fact := range e.Facts {
			facts = append(facts, zh(fact))
		}
		t.Add(e.Seq, f.clock(e.At), who(e), zh(e.Act.Title()), zh(e.To.Title()), e.Note, strings.Join(facts, "\n"), string(e.Digest), e.Prev, e.Hash)
	}
	return t
}

func who(e workflow.Event) string {
	if e.Robot {
		return fmt.Sprintf("%s（系统）", e.Name)
	}
	return e.Name
}

package keeping

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jianbao/fault"
	"jianbao/recipients"
)

var (
	now  = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)
	zone = time.FixedZone("CST", 8*60*60)
)

func id(name string) uuid.UUID { return uuid.NewSHA1(uuid.Nil, []byte(name)) }

func hand() Hand { return Hand{By: "收发员", Now: now, NewID: uuid.New, Zone: zone} }

func office() recipients.Directory {
	unit := func(name, above string) recipients.Unit {
		u := recipients.Unit{ID: id(name), Name: name, Channel: recipients.ByPaper, Copies: 1, Version: 2}
		if above != "" {
			u.Parent = id(above)
		}
		return u
	}
	gone := unit("旧局", "")
	gone.Ended = now.AddDate(-1, 0, 0)
	return recipients.Directory{
		Units:       []recipients.Unit{unit("市政府", ""), unit("市局", "市政府"), unit("分局", "市局"), gone},
		Collectives: []recipients.Collective{{ID: id("两局"), Text: "两局", Version: 3, Members: []recipients.Member{{Words: "市局", Unit: id("市局")}, {Words: "分局", Unit: id("分局")}}}},
	}
}

// said is what the notes of a change say, in Chinese.
func said(c recipients.Change) string {
	var all []string
	for _, n := range c.Notes {
		for _, r := range n.What {
			all = append(all, n.Name+" "+n.By+" "+r.In(fault.ZH))
		}
	}
	return strings.Join(all, "\n")
}

func TestAChangeLeavesANote(t *testing.T) {
	u := office().Units[1]
	u.Phone, u.Copies, u.Parent = "1", 3, uuid.Nil
	u.Aliases = []recipients.Alias{{Name: "局", From: now}}
	c, err := Put(u, hand())(office())
	want := "市局 收发员 简称：局（2026-03-02T09:00:00+08:00起）\n市局 收发员 上级单位：市政府 → 空\n市局 收发员 份数：1 → 3\n市局 收发员 电话：1"
	if err != nil || len(c.Changed) != 1 || said(c) != want {
		t.Errorf("%v\n%s", err, said(c))
	}
	if c, err := Put(office().Units[1], hand())(office()); err != nil || c.Notes != nil {
		t.Errorf("nothing is other: %v %s", err, said(c))
	}
	c, err = Put(recipients.Unit{ID: id("新局"), Name: "新局", Channel: recipients.ByMail}, hand())(office())
	if err != nil || len(c.Added) != 1 || said(c) != "新局 收发员 新增单位" {
		t.Errorf("%v %s", err, said(c))
	}
}

func TestWhatIsNoUnit(t *testing.T) {
	for _, c := range []struct {
		set  func(*recipients.Unit)
		want string
	}{
		{func(u *recipients.Unit) { u.Name = "别的名" }, "改名请办理更名"},
		{func(u *recipients.Unit) { u.Parent = id("旧局") }, "上级单位不在通讯录里"},
		{func(u *recipients.Unit) { u.Parent = id("没有") }, "上级单位不在通讯录里"},
		{func(u *recipients.Unit) { u.Parent = id("分局") }, "“分局”在它自己的下面"},
		{func(u *recipients.Unit) { u.Parent = u.ID }, "上级单位不能是它自己"},
		{func(u *recipients.Unit) { u.ID = uuid.New() }, "通讯录里已有“市局”"},
		{func(u *recipients.Unit) { *u = office().Units[3] }, "单位已撤并"},
	} {
		u := office().Units[1]
		c.set(&u)
		_, err := Put(u, hand())(office())
		if e := fault.As(err); e == nil || !strings.Contains(e.In(fault.ZH), c.want) {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
}

func TestARosterIsKept(t *testing.T) {
	entry := office().Collectives[0]
	entry.Members = []recipients.Member{{Words: "市局", Unit: id("市局")}, {Words: "政府", Unit: id("市政府")}}
	c, err := PutRoster(entry, hand())(office())
	if err != nil || len(c.Collectives) != 1 || said(c) != "两局 收发员 称呼：市局；分局 → 市局；政府→市政府" {
		t.Errorf("%v %s", err, said(c))
	}
	entry.ID, entry.Version, entry.Text = uuid.New(), 0, "一局。"
	c, err = PutRoster(entry, hand())(office())
	if err != nil || len(c.Founded) != 1 || c.Founded[0].Text != "一局" || !strings.HasPrefix(said(c), "一局 收发员 新增集合项") {
		t.Errorf("%v %s", err, said(c))
	}
	for text, change := range map[string]func(*recipients.Collective){
		"已有集合项“两局”":    func(c *recipients.Collective) { c.Text = "两局" },
		"“旧”的送达单位不在":   func(c *recipients.Collective) { c.Members = []recipients.Member{{Words: "旧", Unit: id("旧局")}} },
		"没有列出所代表的单位":   func(c *recipients.Collective) { c.Members = nil },
		"没有这个集合项，可能刚被": func(c *recipients.Collective) { c.Version = 4 },
	} {
		other := entry
		other.Text = "三局"
		change(&other)
		if _, err := PutRoster(other, hand())(office()); fault.As(err) == nil || !strings.Contains(fault.As(err).In(fault.ZH), text) {
			t.Errorf("%v, want %s", err, text)
		}
	}
	other := entry
	other.Members = []recipients.Member{{Words: "旧", Unit: id("旧局"), Until: now}, {Words: "市局", Unit: id("市局")}}
	if _, err := PutRoster(other, hand())(office()); err != nil {
		t.Errorf("what was of it once: %v", err)
	}
	c, err = DropRoster(id("两局"), hand())(office())
	if err != nil || len(c.Dropped) != 1 || said(c) != "两局 收发员 删去集合项" {
		t.Errorf("%v %s", err, said(c))
	}
	if _, err := DropRoster(uuid.New(), hand())(office()); !fault.Is(err, fault.NotFound) {
		t.Error(err)
	}
}

package seeds

import (
	"context"

	"jianbao/recipients"
)

// office is a body behind the collective entry and the office through which
// it is reached: nothing is sent in the organ's name to a leader in person
// (Regulation art. 15(5)).
type office struct{ words, name, short, mailbox string }

var offices = []office{
	{"鄂尔多斯市委领导", "中共鄂尔多斯市委办公室", "市委办公室", "swbgs"},
	{"鄂尔多斯市人大常委会领导", "鄂尔多斯市人大常委会办公室", "市人大常委会办公室", "rdbgs"},
	{"鄂尔多斯市政府领导", "鄂尔多斯市人民政府办公室", "市政府办公室", "zfbgs"},
	{"鄂尔多斯市政协领导", "政协鄂尔多斯市委员会办公室", "市政协办公室", "zxbgs"},
}

// peer is a unit of the 送 list.
type peer struct{ name, short, mailbox string }

var peers = []peer{
	{"鄂尔多斯市发展和改革委员会", "市发改委", "fgw"},
	{"鄂尔多斯市工业和信息化局", "市工信局", "gxj"},
	{"鄂尔多斯市财政局", "市财政局", "czj"},
	{"鄂尔多斯市生态环境局", "市生态环境局", "sthjj"},
	{"鄂尔多斯市农牧局", "市农牧局", "nmj"},
	{"鄂尔多斯市卫生健康委员会", "市卫健委", "wjw"},
	{"鄂尔多斯市统计局", "市统计局", "tjj"},
	{"鄂尔多斯市能源局", "市能源局", "nyj"},
	{"鄂尔多斯市林业和草原局", "市林草局", "lcj"},
	{"鄂尔多斯高新技术产业开发区", "", "gxq"},
	{"鄂尔多斯空港物流园区", "", "kgyq"},
}

func plantUnits(ctx context.Context, ground Ground) error {
	collective := recipients.Collective{
		ID: idOf("collective", "报"), Place: home,
		Text: "鄂尔多斯市委、市人大常委会、市政府、市政协领导",
	}
	for _, o := range offices {
		u := unit(o.name, o.short, o.mailbox)
		u.Copies, u.CopiesAssumed = 2, true
		if err := unlessThere(ground.AddUnit(ctx, u)); err != nil {
			return err
		}
		collective.Members = append(collective.Members, recipients.Member{Words: o.words, Unit: u.ID})
	}
	for _, p := range peers {
		if err := unlessThere(ground.AddUnit(ctx, unit(p.name, p.short, p.mailbox))); err != nil {
			return err
		}
	}
	return unlessThere(ground.AddCollective(ctx, collective))
}

func unit(name, short, mailbox string) recipients.Unit {
	u := recipients.Unit{
		ID: idOf("unit", name), Name: name, Place: home, Channel: recipients.ByBoth,
		Addresses: []string{mailbox + "@" + mailbox + ".ordos.example"}, Copies: 1, Version: 1,
	}
	if short != "" {
		u.Aliases = []recipients.Alias{{Name: short}}
	}
	return u
}

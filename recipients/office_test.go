package recipients

import (
	"time"

	"github.com/google/uuid"
)

// day is the day of the real bulletin.
var day = time.Date(2021, 7, 15, 0, 0, 0, 0, time.UTC)

// id makes a lasting id of a name.
func id(name string) uuid.UUID { return uuid.NewSHA1(uuid.Nil, []byte(name)) }

// unit makes a unit of Ordos that is mailed and handed one copy.
func unit(name string, short ...string) Unit {
	u := Unit{
		ID: id(name), Name: name, Place: "鄂尔多斯市", Channel: ByBoth, Copies: 1,
		Addresses: []string{id(name).String()[:8] + "@ordos.example"},
	}
	for _, s := range short {
		u.Aliases = append(u.Aliases, Alias{Name: s})
	}
	return u
}

// of makes a unit of another place.
func of(place string, u Unit) Unit {
	u.Place = place
	return u
}

const (
	seedUp     = "鄂尔多斯市委、市人大常委会、市政府、市政协领导"
	seedAcross = "市发改委、市工信局、市财政局、市生态环境局、市农牧局、市卫健委、市统计局、市能源局、市林草局、" +
		"鄂尔多斯高新技术产业开发区、鄂尔多斯空港物流园区"
)

// office is the directory of the real bulletin, with some of its neighbours.
func office() Directory {
	former := unit("鄂尔多斯市农牧局", "市农牧局")
	former.Aliases = append(former.Aliases, Alias{Name: "市农牧业局", Until: day.AddDate(-2, 0, 0)})
	return Directory{
		Units: []Unit{
			unit("中共鄂尔多斯市委员会办公室", "市委办公室"), unit("鄂尔多斯市人民代表大会常务委员会办公室", "市人大常委会办公室"),
			unit("鄂尔多斯市人民政府办公室", "市政府办公室"), unit("中国人民政治协商会议鄂尔多斯市委员会办公室", "市政协办公室"),
			unit("鄂尔多斯市发展和改革委员会", "市发改委"), unit("鄂尔多斯市工业和信息化局", "市工信局"),
			unit("鄂尔多斯市财政局"), unit("鄂尔多斯市生态环境局"), former,
			unit("鄂尔多斯市卫生健康委员会", "市卫健委"), unit("鄂尔多斯市统计局"), unit("鄂尔多斯市能源局"),
			unit("鄂尔多斯市林业和草原局", "市林草局"), unit("鄂尔多斯高新技术产业开发区管理委员会", "鄂尔多斯高新技术产业开发区"),
			unit("鄂尔多斯空港物流园区管理委员会", "鄂尔多斯空港物流园区"), unit("鄂尔多斯市委、市政府信访局", "市信访局"),
			of("包头市", unit("包头市统计局", "市统计局")), of("包头市", unit("包头市科学技术局", "市科技局")),
			of("", unit("内蒙古自治区科学技术厅", "自治区科技厅")),
		},
		Collectives: []Collective{{
			ID: id("四大班子"), Text: seedUp, Place: "鄂尔多斯市",
			Members: []Member{
				{Words: "鄂尔多斯市委领导", Unit: id("中共鄂尔多斯市委员会办公室")},
				{Words: "鄂尔多斯市人大常委会领导", Unit: id("鄂尔多斯市人民代表大会常务委员会办公室")},
				{Words: "鄂尔多斯市政府领导", Unit: id("鄂尔多斯市人民政府办公室")},
				{Words: "鄂尔多斯市政协领导", Unit: id("中国人民政治协商会议鄂尔多斯市委员会办公室")},
			},
		}},
	}
}

// one resolves a single list in Ordos on the day of the bulletin.
func one(dir Directory, text string) Circulation {
	return Resolve(dir, "鄂尔多斯市", day, []Listed{{Label: "送", Text: text}})
}

package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"jianbao/accounts"
	"jianbao/recipients"
	"jianbao/workflow"

	"jianbao/web/page"
)

// keeping is an office whose visitor keeps the directory.
func keeping() *office {
	o := newOffice()
	o.person.Grants = []accounts.Grant{{Series: ourSeries, Role: accounts.Clerk}}
	o.units[0].Aliases = []recipients.Alias{{Name: "市发改委"}, {Name: "市计委", Former: true}}
	o.units[0].Channel, o.units[0].Copies, o.units[0].Version = recipients.ByBoth, 2, 4
	o.units[0].Addresses = []string{"fgw@example.cn"}
	return o
}

func TestTheDirectoryIsSearched(t *testing.T) {
	v := inOffice(t, keeping())
	is(t, v.get("/units"), 200, "鄂尔多斯市发展和改革委员会", "鄂尔多斯市某某局", "市发改委、市计委", "/units/new")
	for _, words := range []string{"市计委", "fgw@", "改革"} {
		w := v.get("/units?q=" + words)
		is(t, w, 200, "鄂尔多斯市发展和改革委员会", "显示全部2家")
		lacks(t, w, "某某局")
	}
	is(t, v.get("/units?q=没有的&page=x"), 200, "没有这样的单位")
}

func TestAUnitIsChanged(t *testing.T) {
	o := keeping()
	v := inOffice(t, o)
	address := "/units/" + unitA.String()
	is(t, v.get(address), 200, "市发改委", "fgw@example.cn", `name="version" value="4"`)
	is(t, v.post(address, "version", "4", "name", "偷改的名", "channel", "mail", "copies", "0", "addresses", "a@example.cn\r\n\r\nb@example.cn", "drop", "市计委", "short", "发改委", "contact", "王"), http.StatusSeeOther)
	u := o.saved
	if u.Name != "鄂尔多斯市发展和改革委员会" || len(u.Addresses) != 2 || u.Channel != recipients.ByMail || len(u.Aliases) != 2 || u.Aliases[1].Name != "发改委" || u.Contact.Name != "王" || u.Version != 4 {
		t.Errorf("saved %+v", u)
	}
	is(t, v.post(address, "version", "4", "copies", "两份", "phone", "8580000"), 422, "两份", "8580000")
	o.err = noGood
	is(t, v.post(address, "version", "4", "copies", "1", "short", "新简称"), 422, "甲", "新简称")
	is(t, v.get("/units/"+theirIssue.String()), 404)
}

func TestAUnitIsAdded(t *testing.T) {
	o := keeping()
	v := inOffice(t, o)
	is(t, v.get("/units/new"), 200, `name="name"`)
	is(t, v.post("/units/new", "name", "鄂尔多斯市新局", "channel", "paper", "copies", "1"), http.StatusSeeOther)
	if u := o.units[2]; u.Name != "鄂尔多斯市新局" || u.Copies != 1 {
		t.Errorf("added %+v", u)
	}
}

var digestOf = regexp.MustCompile(`name="digest" value="([^"]+)"`)

func TestASheetIsLookedAtAndThenReadIn(t *testing.T) {
	o := keeping()
	v := inOffice(t, o)
	sheet := []workflow.File{{Name: "单位.csv", Data: []byte("单位名称,份数\n鄂尔多斯市发展和改革委员会,5\n鄂尔多斯市另一局,1\n")}}
	w := v.send("/units/import", sheet)
	is(t, w, 200, "<b>1</b> 新增", "<b>1</b> 改动", "<del>2</del>", "<ins>5</ins>", "鄂尔多斯市另一局")
	if len(o.changed.Added) > 0 {
		t.Fatal("looking changed something")
	}
	digest := digestOf.FindStringSubmatch(w.Body.String())
	if digest == nil {
		t.Fatal("there is nothing to consent to")
	}
	is(t, v.send("/units/import", nil, "digest", digest[1], "sheet", string(sheet[0].Data)), http.StatusSeeOther)
	if len(o.changed.Added) != 1 || len(o.changed.Changed) != 1 || o.changed.Changed[0].Copies != 5 {
		t.Errorf("read in %+v", o.changed)
	}
	is(t, v.send("/units/import", nil, "digest", "another", "sheet", string(sheet[0].Data)), http.StatusConflict)
	w = v.send("/units/import", []workflow.File{{Name: "x.csv", Data: []byte("单位名称,份数\n鄂尔多斯市发展和改革委员会,很多\n")}})
	is(t, w, 200, "很多")
	lacks(t, w, `name="digest"`)
	is(t, v.send("/units/import", nil), 422, page.ChooseFile.ZH)
}

func TestTheDirectoryIsExported(t *testing.T) {
	w := inOffice(t, keeping()).get("/units.xlsx")
	is(t, w, 200, "PK")
	if got := w.Header().Get("Content-Disposition"); !strings.Contains(got, ".xlsx") {
		t.Errorf("disposition %q", got)
	}
}

func TestTheDirectoryIsKeptByClerks(t *testing.T) {
	o := newOffice() // of an editor
	v := inOffice(t, o)
	lacks(t, v.get("/units"), "/units/new")
	is(t, v.get("/units/"+unitA.String()), 200, "<fieldset disabled>")
	for _, address := range []string{"/units/import", "/units.xlsx"} {
		is(t, v.get(address), http.StatusForbidden)
	}
	is(t, v.post("/units/"+unitA.String(), "version", "1", "copies", "1"), http.StatusForbidden)
	o.person.Grants = nil
	is(t, v.get("/units"), 404)
}

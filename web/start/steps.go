package start

import (
	"net/http"
	"strings"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/fault"
	"jianbao/web/page"
	"jianbao/workflow"
	"jianbao/workflow/setup"
)

func (rm *room) house(w http.ResponseWriter, r *http.Request) {
	h, err := rm.Books.House(r.Context())
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "house", page.Page{Room: "settings", Data: h})
}

var saidHouse = fault.Say("start.said-house", "单位名称：%s", "the name of the office: %s")

// saveHouse gives the office its name; what else is set of it stays.
func (rm *room) saveHouse(w http.ResponseWriter, r *http.Request) {
	h, err := rm.Books.House(r.Context())
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	_, err = rm.ReadForm(w, r)
	h.Name = strings.TrimSpace(r.PostForm.Get("name"))
	if err == nil {
		err = rm.Books.SaveHouse(r.Context(), h, entry.Line{Sphere: accounts.OfSystem, What: saidHouse.With(h.Name)})
	}
	if err != nil {
		rm.pages.Refuse(w, r, "house", page.Page{Room: "settings", Data: h}, err)
		return
	}
	page.See(w, r, "/start/steps")
}

// A seriesView is the form of a series.
type seriesView struct {
	Typed  setup.Founding
	Routes []setup.BuiltinRoute
}

func (rm *room) series(w http.ResponseWriter, r *http.Request) {
	h, err := rm.Books.House(r.Context())
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	routes := setup.BuiltinRoutes()
	rm.pages.Show(w, r, http.StatusOK, "series", page.Page{Room: "settings", Data: seriesView{setup.Founding{Organ: h.Name, Route: routes[0].Name}, routes}})
}

// makeSeries makes a series as the page of settings does.
func (rm *room) makeSeries(w http.ResponseWriter, r *http.Request) {
	_, err := rm.ReadForm(w, r)
	field := func(name string) string { return strings.TrimSpace(r.PostForm.Get(name)) }
	typed := setup.Founding{Masthead: field("masthead"), Organ: field("organ"), Place: field("place"), Mailbox: field("mailbox"), Route: field("route")}
	if err == nil {
		err = rm.write(r, typed)
	}
	if err != nil {
		rm.pages.Refuse(w, r, "series", page.Page{Room: "settings", Data: seriesView{typed, setup.BuiltinRoutes()}}, err)
		return
	}
	page.See(w, r, "/start/steps")
}

func (rm *room) write(r *http.Request, typed setup.Founding) (err error) {
	var d setup.Directory
	if d.People, err = rm.Books.People(r.Context()); err != nil {
		return err
	}
	if d.Units, err = rm.Books.Units(r.Context()); err != nil {
		return err
	}
	made, err := typed.Settings(d, rm.NewID(), rm.Now())
	if err != nil {
		return err
	}
	who := page.Person(r)
	return rm.Books.AddSettings(r.Context(), made, workflow.Named{ID: who.ID, Name: who.Name}, rm.Now())
}

// usual are the roles that an office begins with; more is given on the page of
// people.
var usual = []accounts.Role{accounts.Editor, accounts.Reviewer, accounts.Signatory, accounts.Clerk, accounts.Reader}

// A peopleView is the step of people.
type peopleView struct {
	People []accounts.Person
	Roles  []accounts.Role
	Typed  entry.Newcomer
	Role   accounts.Role
	// Given is who was added just now; Link the way in, where it was not mailed.
	Given *entry.Given
	Link  string
}

func (rm *room) people(w http.ResponseWriter, r *http.Request) {
	rm.showPeople(w, r, peopleView{}, nil)
}

func (rm *room) showPeople(w http.ResponseWriter, r *http.Request, v peopleView, refused error) {
	all, err := rm.Books.People(r.Context())
	if err != nil {
		rm.Fail(w, r, err)
		return
	}
	v.People, v.Roles = all, usual
	if refused != nil {
		rm.pages.Refuse(w, r, "people", page.Page{Room: "settings", Data: v}, refused)
		return
	}
	rm.pages.Show(w, r, http.StatusOK, "people", page.Page{Room: "settings", Data: v})
}

// addPerson opens an account with one role in all series.
func (rm *room) addPerson(w http.ResponseWriter, r *http.Request) {
	_, err := rm.ReadForm(w, r)
	field := func(name string) string { return strings.TrimSpace(r.PostForm.Get(name)) }
	v := peopleView{Typed: entry.Newcomer{Login: field("login"), Name: field("name"), Address: field("address")}, Role: accounts.Role(field("role"))}
	if err == nil && v.Role == "" {
		err = fault.New(fault.Invalid, page.BadForm.With())
	}
	var given entry.Given
	if err == nil {
		v.Typed.Grants = []accounts.Grant{{Series: uuid.Nil, Role: v.Role}}
		given, err = rm.Founder.Add(r.Context(), page.Person(r), v.Typed)
	}
	if err != nil {
		rm.showPeople(w, r, v, err)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	shown := peopleView{Given: &given}
	if !given.Mailed() {
		shown.Link = rm.site(r) + entry.Path(given.Token)
	}
	rm.showPeople(w, r, shown, nil)
}

// site is where links begin.
func (rm *room) site(r *http.Request) string {
	switch {
	case rm.Site != "":
		return rm.Site
	case rm.Secure:
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// The words of the pages. Templates find them by key.
var (
	_ = fault.Say("start.title", "启用简报台", "First steps")
	_ = fault.Say("start.first", "欢迎使用简报台。这里还没有人员，请先设第一位管理员。", "Welcome. There is nobody here yet: make the first administrator.")
	_ = fault.Say("start.code", "启用码", "Code")
	_ = fault.Say("start.code-hint", "运行 jianbao serve 的窗口或日志里印有启用码，用来确认您是安装的人。", "jianbao serve prints it where it runs, or in its log; it shows that you are who installed this.")
	_ = fault.Say("start.login", "登录名", "User name")
	_ = fault.Say("start.name", "姓名", "Your name")
	_ = fault.Say("start.password", "密码", "Password")
	_ = fault.Say("start.again", "再输入一次", "Once more")
	_ = fault.Say("start.rules", "至少10个字符，一句话最好记；不能是大家常用的。", "At least 10 characters, a sentence is easy to keep in mind; none that everybody uses.")
	_ = fault.Say("start.found", "设为管理员", "Make me the administrator")
	_ = fault.Say("start.hint", "各步次序不限，随时可以离开，以后从“刊物设置”里回到这里。", "Take the steps in any order; leave whenever you like, and come back by the page of series.")
	_ = fault.Say("start.done", "已完成", "done")
	_ = fault.Say("start.open", "待办", "to do")
	_ = fault.Say("start.house", "单位名称", "The office")
	_ = fault.Say("start.house-hint", "写在邀请信里，也作为新刊物的编印单位。", "Stands in invitations, and is the organ of a new series.")
	_ = fault.Say("start.series", "刊物", "A series")
	_ = fault.Say("start.series-hint", "报头、编印单位和审签流程；其他设置以后再定。", "Masthead, organ and route; the rest is set later.")
	_ = fault.Say("start.series-more", "再建一种", "Another one")
	_ = fault.Say("start.people", "人员", "People")
	_ = fault.Say("start.people-hint", "编辑、审核和签发须是不同的人。", "Editor, reviewer and signatory are different people.")
	_ = fault.Say("start.people-count", "现有%d人", "%d so far")
	_ = fault.Say("start.mail", "发信", "Mail")
	_ = fault.Say("start.mail-hint", "填写邮件中继，或先试用、不真的发信。", "Enter a mail relay, or try everything without one.")
	_ = fault.Say("start.mail-trial", "正在试用，信件不会真的发出", "being tried; nothing goes out")
	_ = fault.Say("start.sample", "放入样例", "Plant the sample")
	_ = fault.Say("start.sample-hint", "放入一种样例刊物和它的单位、人员，用来试一试；已经有刊物的，不再放入。", "A sample series with its units and people, to try things with; not once there is a series.")
	_ = fault.Say("start.go", "开始工作", "Go to work")
	_ = fault.Say("start.role", "角色（全部刊物）", "Role in all series")
	_ = fault.Say("start.address", "邮箱（可以不填）", "Mail address (may be empty)")
	_ = fault.Say("start.add", "添加", "Add")
	_ = fault.Say("start.given", "%s的链接只显示这一次，请转交：", "The link of %s is shown this once; hand it over:")
	_ = fault.Say("start.given-mailed", "邀请已发到%s的邮箱。", "The invitation was mailed to %s.")
	_ = fault.Say("start.masthead", "报头", "Masthead")
	_ = fault.Say("start.organ", "编印单位", "Issuing organ")
	_ = fault.Say("start.place", "所在地", "Place")
	_ = fault.Say("start.mailbox", "发件邮箱", "Mailbox")
	_ = fault.Say("start.route", "审签流程", "Route")
	_ = fault.Say("start.make", "建立", "Make it")
)

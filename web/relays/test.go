package relays

import (
	"net/http"
	"slices"
	"strconv"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/mailer/checkup"
	"jianbao/mailer/sink"
	"jianbao/web/page"
	"jianbao/workflow"
)

// test asks a relay: one that is configured, by its number, or the one that is
// typed, before it is saved.
func (rm *room) test(w http.ResponseWriter, r *http.Request) {
	typed := rm.typed(r)
	relay, err := rm.tested(r)
	if err == nil {
		err = relay.Check()
	}
	if err != nil {
		rm.answer(w, r, func(v *view) { v.put(typed) }, err)
		return
	}
	found := checkup.Relay(r.Context(), relay, rm.Profile(relay.Addr), rm.Limit)
	rm.answer(w, r, func(v *view) {
		v.put(typed)
		v.About, v.Found = relay.Addr, found
	}, nil)
}

func (rm *room) tested(r *http.Request) (mailer.Relay, error) {
	if text := r.PostForm.Get("configured"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n >= len(rm.Configured) {
			return mailer.Relay{}, fault.New(fault.Invalid, page.BadForm.With())
		}
		return rm.Configured[n], nil
	}
	typed, password := rm.typed(r), r.PostForm.Get("password")
	if password == "" {
		kept, err := rm.password(r.Context(), typed)
		if err != nil {
			return mailer.Relay{}, err
		}
		password = kept
	}
	return typed.Relay(password), nil
}

// dns asks what the DNS says of a domain that letters are from.
func (rm *room) dns(w http.ResponseWriter, r *http.Request) {
	v, err := rm.view(r.Context(), page.Person(r).ID)
	domain := r.PostForm.Get("domain")
	if err == nil && !slices.Contains(v.Domains, domain) {
		err = fault.New(fault.Invalid, noDomain.With())
	}
	if err != nil {
		rm.answer(w, r, nil, err)
		return
	}
	addr := v.Forms[0].Addr
	if len(rm.Configured) > 0 {
		addr = rm.Configured[0].Addr
	}
	found := checkup.Sender(r.Context(), rm.Names, domain, addr, rm.DKIM)
	rm.answer(w, r, func(v *view) { v.About, v.Found = domain, found }, nil)
}

// A trialView is the page of what the program's own relay took.
type trialView struct {
	Letters []sink.Message
	Runs    bool // in this process
}

// maxLetters is how many are shown.
const maxLetters = 200

func (rm *room) letters(w http.ResponseWriter, r *http.Request) {
	all, runs := rm.Trial()
	rm.pages.Show(w, r, http.StatusOK, "letters", page.Page{Room: "settings", Data: trialView{all[max(0, len(all)-maxLetters):], runs}})
}

// letter sends one letter as it was taken.
func (rm *room) letter(w http.ResponseWriter, r *http.Request) {
	all, _ := rm.Trial()
	all = all[max(0, len(all)-maxLetters):]
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil || n < 0 || n >= len(all) {
		rm.Nothing(w, r)
		return
	}
	page.Send(w, workflow.File{Name: "letter.eml", Type: "message/rfc822", Data: all[n].Raw}, "attachment")
}

// The words of the pages. Templates find them by key.
var (
	_ = fault.Say("relays.title", "发信", "Mail")
	_ = fault.Say("relays.hint", "信件经邮件中继（单位的邮件服务器，或网易、腾讯等邮箱）发出。", "Letters go out by a mail relay: the office's own mail server, or that of a host.")
	_ = fault.Say("relays.configured", "由配置设定的中继", "Relays that the configuration sets")
	_ = fault.Say("relays.fixed-hint", "要改，请改配置文件中的 relay 等项。", "To change them, see relay and the like in the configuration file.")
	_ = fault.Say("relays.first", "中继", "Relay")
	_ = fault.Say("relays.second", "备用中继", "Second relay")
	_ = fault.Say("relays.second-hint", "第一个连不上或不答复时用它。不需要就空着。", "Takes the letters while the first is not there. Leave it empty if there is none.")
	_ = fault.Say("relays.addr", "服务器，主机:端口", "Server, host:port")
	_ = fault.Say("relays.security", "连接怎样加密", "How the connection is protected")
	_ = fault.Say("relays.starttls", "STARTTLS（587端口）", "STARTTLS (port 587)")
	_ = fault.Say("relays.tls", "TLS（465端口）", "TLS (port 465)")
	_ = fault.Say("relays.plain", "不加密（只宜用于本机或内网）", "not at all (inside the network only)")
	_ = fault.Say("relays.login", "账号（不需要登录就空着）", "Account (empty if it asks for none)")
	_ = fault.Say("relays.password-label", "密码或授权码", "Password")
	_ = fault.Say("relays.kept", "已存有密码，不改就空着。换了服务器或账号，要重新填写。", "A password is kept; leave this empty to keep it. With another server or account, type it anew.")
	_ = fault.Say("relays.hello", "本机的完整域名（不懂就空着）", "Our own full domain name (may be empty)")
	_ = fault.Say("relays.test", "测试", "Test it")
	_ = fault.Say("relays.remove", "删去", "Remove it")
	_ = fault.Say("relays.try", "先试用，不真的发信", "Try without a mail server")
	_ = fault.Say("relays.try-hint", "没有邮件服务器也能把全部流程走一遍：信件由本程序自己收下，列在这里，不会发给任何人。", "The whole job can be tried without a mail server: the program takes the letters itself, lists them here, and nothing goes to anybody.")
	_ = fault.Say("relays.is-trial", "现在是试用：信件不会真的发出。填好下面的中继并保存，就开始真的发信。", "Mail is being tried: nothing goes out. Fill in the relay below and save it, and letters go.")
	_ = fault.Say("relays.taken", "试用中收下的信", "Letters that were taken")
	_ = fault.Say("relays.elsewhere", "试用的信由发信的那个进程收下，这里看不到。", "The letters are taken by the process of the mailer, and cannot be seen here.")
	_ = fault.Say("relays.no-letters", "还没有信。", "There are no letters yet.")
	_ = fault.Say("relays.subject", "主题", "Subject")
	_ = fault.Say("relays.to", "收件人", "To")
	_ = fault.Say("relays.at", "时间", "At")
	_ = fault.Say("relays.result", "测试结果：%s", "What was found: %s")
	_ = fault.Say("relays.mend", "怎样处理：", "How to mend it: ")
	_ = fault.Say("relays.fine", "正常", "fine")
	_ = fault.Say("relays.note", "注意", "note")
	_ = fault.Say("relays.must", "须处理", "mend")
	_ = fault.Say("relays.dns", "发件域名的DNS记录", "DNS records of the senders")
	_ = fault.Say("relays.dns-hint", "看SPF、DKIM、DMARC记录是否齐备；缺了，信容易被当作垃圾邮件。", "Whether SPF, DKIM and DMARC are there; without them letters are taken for spam.")
	_ = fault.Say("relays.no-domains", "还没有一种刊物有发件邮箱。", "No series has a mailbox yet.")
	_ = fault.Say("relays.letter", "试发一封给自己", "A trial letter to yourself")
	_ = fault.Say("relays.letter-to", "发给 %s", "Send it to %s")
	_ = fault.Say("relays.letter-none", "您还没有邮箱。", "You have no mail address.")
	_ = fault.Say("relays.letter-set", "填写邮箱", "Enter one")
)

package main

import (
	"net"
	"net/url"
	"os"
	"strings"
	"time"

	"jianbao/accounts"
	"jianbao/accounts/entry"
	"jianbao/fault"
	"jianbao/web"
	"jianbao/web/oidc"
)

// oidcSettings say who proves people's identity beside their passwords.
type oidcSettings struct {
	OIDCIssuer     string `name:"oidc-issuer" group:"pages" placeholder:"URL" env:"JIANBAO_OIDC_ISSUER" zh:"统一登录（OpenID Connect）的发行方网址；不写就只用密码登录。要先设 site，回调地址是 site 后面加 /sign-in/back。" help:"Issuer of single sign-on (OpenID Connect); passwords alone, if empty. It needs site; people come back to site with /sign-in/back behind it."`
	OIDCClient     string `name:"oidc-client" group:"pages" placeholder:"NAME" env:"JIANBAO_OIDC_CLIENT" zh:"本程序在统一登录里的客户端标识。" help:"Client id of this program there."`
	OIDCSecretFile string `name:"oidc-secret-file" group:"pages" placeholder:"FILE" env:"JIANBAO_OIDC_SECRET_FILE" zh:"存放客户端密钥的文件；公开客户端不写。" help:"File with the client's secret; none for a public client."`
	OIDCName       string `name:"oidc-name" group:"pages" placeholder:"TEXT" env:"JIANBAO_OIDC_NAME" zh:"登录页按钮上的叫法，如“市政务统一认证”。" help:"What people call it, on the button at the door."`
	OIDCNewRole    string `name:"oidc-new-role" group:"pages" enum:",editor,reader" default:"" placeholder:"ROLE" env:"JIANBAO_OIDC_NEW_ROLE" zh:"没有登记过的人首次登录时自动开设账号并给予的角色（editor 或 reader）；不写就不让进，由管理员在“人员”里登记。" help:"Role of the account that is opened for somebody nobody entered, editor or reader; nobody else is let in, if empty."`
}

var (
	badOIDC      = fault.Say("cmd.bad-oidc", "统一登录的设置有错", "the settings of single sign-on have mistakes")
	oidcNoSite   = fault.Say("cmd.oidc-no-site", "没有设 site，登录后回不来", "site is not set, so that nobody can come back")
	oidcNoClient = fault.Say("cmd.oidc-no-client", "没有设 oidc-client", "oidc-client is not set")
	oidcBadURL   = fault.Say("cmd.oidc-bad-url", "oidc-issuer 应是 https 网址（本机可用 http）：%s", "oidc-issuer is an https address (http on this machine): %s")
	oidcNoSecret = fault.Say("cmd.oidc-no-secret", "读不到客户端密钥文件：%s", "the file with the client's secret cannot be read: %s")
)

// loopback reports whether a host is this machine.
func loopback(host string) bool { return host == "localhost" || net.ParseIP(host).IsLoopback() }

// provider returns who proves identities, nil for nobody. It fails with
// fault.Invalid and all reasons.
func (s oidcSettings) provider(o *office, site string) (web.Provider, error) {
	if s.OIDCIssuer == "" {
		return nil, nil
	}
	var reasons []fault.Reason
	if site == "" {
		reasons = append(reasons, oidcNoSite.With())
	}
	if s.OIDCClient == "" {
		reasons = append(reasons, oidcNoClient.With())
	}
	if u, err := url.Parse(s.OIDCIssuer); err != nil || u.Host == "" || u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
		reasons = append(reasons, oidcBadURL.With(s.OIDCIssuer))
	}
	key := ""
	if s.OIDCSecretFile != "" {
		raw, err := os.ReadFile(s.OIDCSecretFile)
		if err != nil {
			reasons = append(reasons, oidcNoSecret.With(s.OIDCSecretFile))
		}
		key = trimmed(raw)
	}
	if len(reasons) > 0 {
		return nil, fault.New(fault.Invalid, badOIDC.With(), reasons...)
	}
	who := entry.Identities{Desk: o.entryDesk(), Identities: o.store, NewRole: accounts.Role(s.OIDCNewRole)}
	return &oidc.Provider{
		Issuer: s.OIDCIssuer, Client: s.OIDCClient, Secret: key, Name: s.OIDCName, Back: strings.TrimRight(site, "/") + oidc.BackPath,
		Admits: who, Now: time.Now,
	}, nil
}

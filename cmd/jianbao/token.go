package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/google/uuid"

	"jianbao/accounts"
	"jianbao/fault"
)

// token is what is done about tokens, by which programs speak to the API.
type token struct {
	New    tokenNew    `cmd:"" help:"Make a token for a person or a service, and print it, once."`
	List   tokenList   `cmd:"" help:"List the tokens; of each its first characters."`
	Revoke tokenRevoke `cmd:"" help:"End a token."`
}

// tokenNew makes a token.
type tokenNew struct {
	database
	JSON    bool     `name:"json" help:"Print one JSON object, with the token in it."`
	Login   string   `arg:"" help:"Login of the person, or of the service, for whom the token speaks."`
	Name    string   `arg:"" help:"What it is for."`
	Act     bool     `help:"It may change things, not only read."`
	Series  []string `placeholder:"NAME" help:"It opens these series alone."`
	Days    int      `default:"90" placeholder:"N" help:"How long it lives, in days, at most 366."`
	Service bool     `xor:"kind" help:"It is a program's own: it decides nothing. Its account, which has no password, is made if it is not there."`
	Monitor bool     `xor:"kind" help:"It reads the numbers at /metrics, and nothing else. Its account, which has no password and no role, is made if it is not there."`
	Role    []string `placeholder:"ROLE" help:"Roles of a service's new account: reader, clerk and so on."`
}

var (
	tokenMade     = fault.Say("cmd.token.made", "已为%s生成令牌，有效至%s。它只显示这一次：", "made a token for %s that expires at %s. It is shown this once:")
	tokenEnded    = fault.Say("cmd.token.revoked", "已撤销令牌%s…（%s）", "revoked the token %s… (%s)")
	tokenUnknown  = fault.Say("cmd.token.unknown", "没有以“%s”开头的令牌，或不止一个；jianbao token list 可查", "no token begins with “%s”, or several do; see jianbao token list")
	tokenNoSeries = fault.Say("cmd.token.no-series", "没有名为“%s”的刊物", "there is no series “%s”")
	tokenNoLogin  = fault.Say("cmd.token.no-login", "没有登录名为%s的账号；给程序用的请加 --service", "nobody has the login %s; --service makes an account for a program")
	tokenPerson   = fault.Say("cmd.token.person", "%s是能登录的人，不能作为服务；请为程序另取登录名", "%s is a person who signs in and no service; choose another login for the program")
	tokenNoRole   = fault.Say("cmd.token.no-role", "新的服务账号要写明角色（--role）", "the new account of a service needs a role (--role)")
	tokenOpen     = fault.Say("cmd.token.open", "有效至%s", "until %s")
	tokenGone     = fault.Say("cmd.token.gone", "%s撤销", "revoked %s")
	tokenActs     = fault.Say("cmd.token.acts", "可办理", "acts")
	tokenReads    = fault.Say("cmd.token.reads", "只查看", "reads")
)

// Run makes the token, prints it on the standard output, and what it is on the
// standard error, so that a script can take the one without the other.
func (n *tokenNew) Run(ctx context.Context, c *console) error {
	return withOffice(ctx, n.database, func(o *office) error {
		series, err := o.seriesNamed(ctx, n.Series)
		if err != nil {
			return err
		}
		person, err := n.person(ctx, o, series)
		if err != nil {
			return err
		}
		text, now := accounts.NewToken(), time.Now()
		t := accounts.Token{
			ID: uuid.Must(uuid.NewV7()), Person: person.ID, Kind: accounts.Personal, Name: n.Name, Prefix: accounts.TokenPrefix(text), Hash: accounts.TokenHash(text),
			Series: series, Acts: n.Act, Made: now, By: "jianbao token", Expires: now.Add(time.Duration(n.Days) * 24 * time.Hour),
		}
		switch {
		case n.Service:
			t.Kind = accounts.Service
		case n.Monitor:
			t.Kind = accounts.Monitor
		}
		if err := o.store.AddToken(ctx, t); err != nil {
			return err
		}
		if n.JSON {
			return printJSON(c.Out, map[string]any{"token": text, "prefix": t.Prefix, "person": person.Login, "expires": t.Expires})
		}
		fmt.Fprintln(c.Err, tokenMade.With(person.Name, t.Expires.Format(time.DateTime)).In(c.Lang))
		_, err = fmt.Fprintln(c.Out, text)
		return err
	})
}

// person returns for whom the token speaks.
func (n *tokenNew) person(ctx context.Context, o *office, series []uuid.UUID) (accounts.Person, error) {
	person, err := o.store.ByLogin(ctx, n.Login)
	missing := fault.Is(err, fault.NotFound)
	switch {
	case missing && !n.Service && !n.Monitor:
		return person, fault.New(fault.NotFound, tokenNoLogin.With(n.Login))
	case missing:
		return n.employ(ctx, o, series)
	case err == nil && (n.Service || n.Monitor) && person.Password != "":
		return person, fault.New(fault.Invalid, tokenPerson.With(n.Login))
	}
	return person, err
}

// employ makes the account of a service, which nobody can sign in with.
func (n *tokenNew) employ(ctx context.Context, o *office, series []uuid.UUID) (accounts.Person, error) {
	person := accounts.Person{ID: uuid.Must(uuid.NewV7()), Login: n.Login, Name: n.Name, Active: true}
	if len(n.Role) == 0 && n.Service {
		return person, fault.New(fault.Usage, badUsage.With(tokenNoRole.With(), "jianbao token new"))
	}
	if series == nil {
		series = []uuid.UUID{uuid.Nil}
	}
	for _, name := range n.Role {
		role, err := accounts.ParseRole(name)
		if err != nil {
			return person, err
		}
		for _, id := range series {
			person.Grants = append(person.Grants, accounts.Grant{Series: id, Role: role})
		}
	}
	if err := person.Validate(); err != nil {
		return person, err
	}
	return person, o.store.SavePerson(ctx, person)
}

// seriesNamed returns the series with the mastheads, nil for none.
func (o *office) seriesNamed(ctx context.Context, names []string) (ids []uuid.UUID, err error) {
	all, err := o.store.SeriesAll(ctx)
	if err != nil {
		return nil, err
	}
	byName := map[string]uuid.UUID{}
	for _, s := range all {
		byName[s.Masthead] = s.ID
	}
	for _, name := range names {
		id, known := byName[name]
		if !known {
			return nil, fault.New(fault.NotFound, tokenNoSeries.With(name))
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// tokenList lists the tokens.
type tokenList struct {
	database
	JSON bool `name:"json" help:"Print a JSON array, for programs."`
}

// A listedToken is a token as it is printed.
type listedToken struct {
	Prefix  string             `json:"prefix"`
	Login   string             `json:"login"`
	Kind    accounts.TokenKind `json:"kind"`
	Name    string             `json:"name"`
	Acts    bool               `json:"acts"`
	Series  []uuid.UUID        `json:"series,omitempty"`
	Made    time.Time          `json:"made"`
	Expires time.Time          `json:"expires"`
	Revoked time.Time          `json:"revoked,omitzero"`
	Used    time.Time          `json:"used,omitzero"`
}

// Run prints the tokens, the oldest first.
func (l *tokenList) Run(ctx context.Context, c *console) error {
	return withOffice(ctx, l.database, func(o *office) error {
		tokens, err := o.store.Tokens(ctx)
		if err != nil {
			return err
		}
		people, err := o.store.People(ctx)
		if err != nil {
			return err
		}
		logins := map[uuid.UUID]string{}
		for _, p := range people {
			logins[p.ID] = p.Login
		}
		all := make([]listedToken, len(tokens))
		for n, t := range tokens {
			all[n] = listedToken{t.Prefix, logins[t.Person], t.Kind, t.Name, t.Acts, t.Series, t.Made, t.Expires, t.Revoked, t.Used}
		}
		if l.JSON {
			return printJSON(c.Out, all)
		}
		for _, t := range all {
			t.print(c)
		}
		return nil
	})
}

func (t listedToken) print(c *console) {
	may, ends := tokenReads.With(), tokenOpen.With(t.Expires.Local().Format(time.DateTime))
	if t.Acts {
		may = tokenActs.With()
	}
	if !t.Revoked.IsZero() {
		ends = tokenGone.With(t.Revoked.Local().Format(time.DateTime))
	}
	fmt.Fprintf(c.Out, "%s…  %s  %s  %s  %s  %s\n", t.Prefix, pad(t.Login, 16), pad(string(t.Kind), 8), pad(may.In(c.Lang), 6), ends.In(c.Lang), t.Name)
}

// tokenRevoke ends a token.
type tokenRevoke struct {
	spoken
	database
	Prefix string `arg:"" help:"The first characters of the token, as the list has them."`
}

// Run ends the one token that is meant.
func (r *tokenRevoke) Run(ctx context.Context, c *console) error {
	return withOffice(ctx, r.database, func(o *office) error {
		tokens, err := o.store.Tokens(ctx)
		if err != nil {
			return err
		}
		var found []accounts.Token
		for _, t := range tokens {
			if strings.HasPrefix(t.Prefix, strings.TrimSuffix(r.Prefix, "…")) && t.Revoked.IsZero() {
				found = append(found, t)
			}
		}
		if len(found) != 1 {
			return fault.New(fault.NotFound, tokenUnknown.With(r.Prefix))
		}
		if err := o.store.RevokeToken(ctx, found[0].ID, time.Now()); err != nil {
			return err
		}
		c.line(tokenEnded.With(found[0].Prefix, found[0].Name))
		return nil
	})
}

// withOffice opens an office for a short while.
func withOffice(ctx context.Context, d database, do func(*office) error) error {
	url, err := d.url()
	if err != nil {
		return err
	}
	o, err := open(ctx, url, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	return errors.Join(do(o), o.close())
}

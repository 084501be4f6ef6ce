package main

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/alecthomas/kong"

	"jianbao/fault"
)

// configFile is the path of a configuration file, TOML 1.0 with the names of
// the flags as keys.
type configFile string

var (
	noConfig     = fault.Say("cmd.config-missing", "读不到配置文件 %s", "the configuration file %s cannot be read")
	badTOML      = fault.Say("cmd.config-toml", "配置文件 %s 第%d行写法不对：%s", "%s, line %d, is not well-formed: %s")
	badConfig    = fault.Say("cmd.config-bad", "配置文件 %s 有错", "the configuration file %s has mistakes")
	unknownKey   = fault.Say("cmd.config-unknown", "没有“%s”这一项（jianbao config 列出全部）", "there is no setting %q (jianbao config lists all)")
	badValue     = fault.Say("cmd.config-value", "“%s”的值 %v 用不了：%s", "%q cannot be %v: %s")
	oneOf        = fault.Say("cmd.config-one-of", "应为 %s 之一", "it should be one of %s")
	secretInFile = fault.Say("cmd.config-secret", "“%s”里不能写口令；PostgreSQL 的口令写在 PGPASSFILE 指的文件里", "no password belongs into %q; that of PostgreSQL is in the file that PGPASSFILE names")
)

// BeforeResolve reads the file, so that what neither a flag nor a variable
// says comes from it. It fails with every mistake in the file at once.
func (configFile) BeforeResolve(ctx *kong.Context, trace *kong.Path) error {
	path := string(ctx.FlagValue(trace.Flag).(configFile))
	if path == "" {
		return nil
	}
	known := settingsOf(ctx.Model)
	values, err := readConfig(path, known)
	if err != nil {
		return err
	}
	ctx.AddResolver(kong.ResolverFunc(func(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		if flag.Group == nil || slices.ContainsFunc(flag.Envs, func(name string) bool { return os.Getenv(name) != "" }) {
			return nil, nil
		}
		return values[flag.Name], nil
	}))
	return nil
}

// settingsOf returns every setting, in the order of the struct.
func settingsOf(app *kong.Application) []*kong.Flag {
	var all []*kong.Flag
	for _, command := range app.Children {
		if command.Name != "serve" {
			continue
		}
		for _, flag := range command.Flags {
			if flag.Group != nil {
				all = append(all, flag)
			}
		}
	}
	return all
}

// readConfig returns the values of a file by key.
func readConfig(path string, known []*kong.Flag) (map[string]any, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fault.New(fault.Unavailable, noConfig.With(path)).Because(err)
	}
	values := map[string]any{}
	if err := toml.Unmarshal(raw, &values); err != nil {
		var at toml.ParseError
		errors.As(err, &at)
		return nil, fault.New(fault.Usage, badTOML.With(path, at.Position.Line, at.Message)).Because(err)
	}
	var reasons []fault.Reason
	for _, key := range slices.Sorted(maps.Keys(values)) {
		reasons = append(reasons, mistakes(key, values[key], known)...)
	}
	if len(reasons) > 0 {
		return nil, fault.New(fault.Usage, badConfig.With(path), reasons...)
	}
	return values, nil
}

// mistakes returns why a value cannot be that of a setting.
func mistakes(key string, value any, known []*kong.Flag) []fault.Reason {
	i := slices.IndexFunc(known, func(f *kong.Flag) bool { return f.Name == key })
	if i < 0 {
		return []fault.Reason{unknownKey.With(key)}
	}
	flag := known[i]
	if key == "db" && hasPassword(fmt.Sprint(value)) {
		return []fault.Reason{secretInFile.With(key)}
	}
	if err := undecoded(flag, value); err != nil {
		return []fault.Reason{badValue.With(key, value, valueMisread(err))}
	}
	if flag.Enum != "" && !flag.EnumMap()[fmt.Sprint(value)] {
		return []fault.Reason{badValue.With(key, value, oneOf.With(strings.TrimPrefix(flag.Enum, ",")))}
	}
	return nil
}

func hasPassword(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false // the store says what is wrong with it
	}
	_, user := u.User.Password()
	return user || u.Query().Has("password")
}

package main

import (
	"errors"
	"io/fs"
	"os"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/mailer/checkup"
)

// dkim makes the keys that sign letters, and says what to publish of them.
type dkim struct {
	New  dkimNew  `cmd:"" help:"Make a key and print the DNS record to publish."`
	Show dkimShow `cmd:"" help:"Print the DNS record of a key that is there."`
}

// A dkimName is whose key it is, and where.
type dkimName struct {
	Key      string `required:"" placeholder:"FILE" help:"File of the private key."`
	Domain   string `required:"" placeholder:"DOMAIN" help:"Domain that the letters are from."`
	Selector string `default:"jianbao" placeholder:"NAME" help:"Name of the key among those of the domain."`
	JSON     bool   `name:"json" help:"Print the record as one JSON object."`
}

type dkimNew struct {
	dkimName
	Kind string `enum:"rsa,ed25519" default:"rsa" help:"rsa (of 2048 bits, which everybody verifies) or ed25519."`
}

type dkimShow struct{ dkimName }

var (
	keyThere   = fault.Say("cmd.dkim.there", "%s已经存在；换一个文件名，或先移走它", "%s is there already; choose another name, or move it away")
	keyWritten = fault.Say("cmd.dkim.written", "私钥写在 %s；登记上面的DNS记录后，设置 dkim-key、dkim-selector 和 dkim-domain", "the private key is in %s; publish the record, then set dkim-key, dkim-selector and dkim-domain")
)

// Run makes the key. A file that is there is never overwritten.
func (d *dkimNew) Run(c *console) error {
	raw, err := mailer.NewDKIMKey(d.Kind == "ed25519")
	if err != nil {
		return err
	}
	key, err := mailer.ReadDKIM(d.Domain, d.Selector, raw)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(d.Key, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fault.New(fault.Conflict, keyThere.With(d.Key))
	}
	if err == nil {
		_, err = file.Write(raw)
		err = errors.Join(err, file.Sync(), file.Close())
	}
	if err != nil {
		return fault.New(fault.Unavailable, unwritable.With(d.Key)).Because(err)
	}
	c.warn(keyWritten.With(d.Key))
	return d.record(c, key)
}

// Run prints the record.
func (d *dkimShow) Run(c *console) error {
	key, err := dkimSettings{DKIMKey: d.Key, DKIMSelector: d.Selector, DKIMDomain: d.Domain}.dkim()
	if err != nil {
		return err
	}
	return d.record(c, key)
}

// record prints what is to be published of a key.
func (d dkimName) record(c *console, key *mailer.DKIM) error {
	name, value := key.Record()
	if d.JSON {
		return printJSON(c.Out, map[string]string{"name": name, "type": "TXT", "value": value})
	}
	_, err := c.Out.Write([]byte(checkup.ZoneLine(name, value) + "\n"))
	return err
}

package mailer_test

import (
	"context"
	"fmt"

	"jianbao/fault"
	"jianbao/mailer"
	"jianbao/mailer/sink"
)

func ExampleTroubleIn() {
	t := mailer.TroubleIn(552, "5.2.2", "mailbox is full")
	fmt.Println(t, t.Advice().In(fault.ZH))
	// Output:
	// full 对方邮箱已满，改送纸质？也可请对方清理邮箱后重发。
}

func ExampleRelay_Open() {
	relay, err := sink.Start("127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer relay.Close()
	session, answer := mailer.Relay{Addr: relay.Addr(), Security: mailer.Plain, Hello: "mail.kjj.example"}.Open(context.Background())
	if session == nil {
		panic(answer.Words)
	}
	defer session.Quit()
	answer = session.Send(context.Background(), &mailer.Parcel{
		From: "jianbao@kjj.example", To: "tjj@tjj.example", Header: []byte("Subject: jianbao\r\n\r\n"), Body: mailer.Text{{Data: []byte("hello")}},
	}, mailer.Terms{})
	fmt.Println(answer.Code, len(relay.Messages()))
	// Output:
	// 250 1
}

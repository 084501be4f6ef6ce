package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"jianbao/fault"
	"jianbao/recipients/receipts"
	"jianbao/workflow"

	"jianbao/web/page"
)

// Slips is where a unit acknowledges an issue without an account: by the link in
// its letter or the code on its paper.
type Slips interface {
	// Ask returns what a token opens, and uses nothing up. It fails with
	// fault.NotFound if the token is unknown, and with fault.Blocked, beside what
	// it was for, if it was used or has ended.
	Ask(ctx context.Context, token string) (workflow.AskedReceipt, error)

	// Sign enters what somebody said, and uses the token up. It fails as Ask does,
	// and with fault.Invalid.
	Sign(ctx context.Context, token string, said receipts.Said) (receipts.Receipt, error)
}

// The words of the page. Templates find them by key.
var (
	_ = fault.Say("web.receipt-board", "签收情况", "Receipts")
	_ = fault.Say("web.afterwards", "更正、撤销", "Correct or recall")
	_ = fault.Say("web.receipt", "签收", "Acknowledge receipt")
	_ = fault.Say("web.receipt-to", "收件单位", "Unit")
	_ = fault.Say("web.receipt-by", "签收人", "Received by")
	_ = fault.Say("web.receipt-copies", "收到纸质件（份），应为%d份", "Paper copies received (%d were sent)")
	_ = fault.Say("web.receipt-reason", "说明（拒收须写明理由；份数不符请写明情况）", "Remarks (needed to reject; if copies are missing, say so)")
	_ = fault.Say("web.receipt-sign", "确认签收", "Acknowledge receipt")
	_ = fault.Say("web.receipt-reject", "拒收", "Reject")
	_ = fault.Say("web.receipt-once", "只需签收一次；签错了请与%s联系。", "Once is enough; if it was a mistake, please tell %s.")
	_ = fault.Say("web.receipt-own", "本单位收到的全部简报", "All issues that your unit received")
	_ = fault.Say("web.receipt-recalled", "本期已撤销，请按撤销通知处理。", "This issue was recalled; please do as its notice says.")
	_ = fault.Say("web.receipt-corrected", "本期已有更正，请以更正后的为准。", "This issue was corrected; the correction counts.")
	_ = fault.Say("web.receipt-notice", "查看通知", "See the notice")
	_ = fault.Say("web.receipt-done", "已记录，谢谢。", "Recorded, thank you.")
)

// A slipView is the page of a slip.
type slipView struct {
	workflow.AskedReceipt
	// Open says that it can be used; Done, that it was. Otherwise Why says what
	// there is to do.
	Open, Done bool
	Why        fault.Reason
	Typed      receipts.Said
	Token      string // for the address of the unit's own page
}

// slip shows what there is to acknowledge. Whoever only follows links, as mail
// scanners do, acknowledges nothing: that takes the button.
func (s *server) slip(w http.ResponseWriter, r *http.Request) {
	view, err := s.slipView(r)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	view.Typed.Copies = view.Slip.Copies
	s.pages.Show(w, r, http.StatusOK, "receipt", page.Page{Data: view})
}

func (s *server) slipView(r *http.Request) (slipView, error) {
	if s.Slips == nil {
		return slipView{}, page.NotHere()
	}
	asked, err := s.Slips.Ask(r.Context(), r.PathValue("token"))
	view := slipView{Token: r.PathValue("token"), AskedReceipt: asked, Open: err == nil, Done: !asked.Slip.Used.IsZero()}
	if fault.Is(err, fault.Blocked) {
		view.Why, err = fault.Shown(err).Message, nil
	}
	return view, err
}

// signSlip acknowledges, or rejects.
func (s *server) signSlip(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		s.kit.Fail(w, r, page.Unreadable(err))
		return
	}
	view, err := s.slipView(r)
	if err != nil {
		s.kit.Fail(w, r, err)
		return
	}
	if !view.Open { // somebody was first; the page says so
		s.pages.Show(w, r, http.StatusOK, "receipt", page.Page{Data: view})
		return
	}
	view.Typed = receipts.Said{
		Verdict: receipts.Verdict(r.PostForm.Get("verdict")), By: r.PostForm.Get("by"), Reason: strings.TrimSpace(r.PostForm.Get("reason")),
	}
	if who, err := s.whoIs(r); err == nil { // somebody of the office is no unit
		view.Typed.Inside = who.Name
	}
	if typed := r.PostForm.Get("copies"); typed != "" {
		if view.Typed.Copies, err = strconv.Atoi(typed); err != nil {
			s.pages.Refuse(w, r, "receipt", page.Page{Data: view}, fault.New(fault.Invalid, page.BadNumber.With(typed)))
			return
		}
	}
	if _, err := s.Slips.Sign(r.Context(), r.PathValue("token"), view.Typed); err != nil && !fault.Is(err, fault.Conflict) {
		s.pages.Refuse(w, r, "receipt", page.Page{Data: view}, err)
		return
	}
	page.See(w, r, r.URL.Path)
}

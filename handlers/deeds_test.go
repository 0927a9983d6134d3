package handlers_test

import (
	"context"
	"strings"
	"testing"

	"lamsach/bot"
	"lamsach/core/campaign"
	"lamsach/core/civil"
	"lamsach/core/officer"
)

const twoLevelPlan = `two-levels c1 14 03868 03856
child export 20/11-24/11
child review 20/11-1/12
child verify 20/11-4/12
child update xong trước 20/12
beneficiary export 20/11-24/11
beneficiary review 20/11-1/12
beneficiary verify 20/11-4/12
beneficiary update xong trước 15/12
all report xong trước 25/12`

// lets people in: officers and police of two communes, supervisors of two provinces, and a helper.
func (w *world) letIn() {
	w.t.Helper()
	for who, in := range map[string]officer.Invite{
		"lo":     {Role: officer.RoleOfficer, UnitCode: "03868"},
		"canh":   {Role: officer.RolePolice, UnitCode: "03868"},
		"ha":     {Role: officer.RoleOfficer, UnitCode: "03856"},
		"hacop":  {Role: officer.RolePolice, UnitCode: "03856"},
		"sup":    {Role: officer.RoleSupervisor, UnitCode: "14"},
		"far":    {Role: officer.RoleSupervisor, UnitCode: "01"},
		"tuphap": {Role: officer.RoleRegistrar, UnitCode: "03868"},
	} {
		w.text(who, "/start "+w.invite(in.Role, in.UnitCode, "Đơn vị "+in.UnitCode, "Cán bộ "+who))
	}
}

// record presses the button and answers with the day, the number of people, and no more.
func (w *world) record(who, label string, answers ...string) {
	w.t.Helper()
	w.text(who, "/han")
	w.press(who, label)
	for _, answer := range answers {
		w.text(who, answer)
	}
	w.press(who, "Ghi")
}

// handOver records that Lò has given five children's list to the police, with a remark and a picture of the signed page.
func (w *world) handOver(remark string) {
	w.t.Helper()
	w.text("lo", "/han")
	w.press("lo", "Đã giao công an – trẻ em")
	w.text("lo", "hôm nay")
	w.text("lo", "5")
	w.text("lo", remark)
	w.photo("lo")
	w.press("lo", "Ghi")
}

func (w *world) facts(c campaign.Campaign) map[campaign.Event][]campaign.Fact {
	w.t.Helper()
	all, err := w.store.CampaignFacts(context.Background(), c, "", w.options.Zone)
	w.ok(err)
	by := map[campaign.Event][]campaign.Fact{}
	for _, f := range all.Done {
		by[f.Event] = append(by[f.Event], f)
	}
	return by
}

// TestTwoStreams records the plan's two streams to their ends: children come back to two receivers, each of whom may say so, and are
// updated above; beneficiaries come back above and are updated by the commune.
func TestTwoStreams(t *testing.T) {
	w := newWorld(t)
	w.letIn()
	c := w.plan(twoLevelPlan)
	w.record("lo", "Đã giao công an – trẻ em", "hôm nay", "5", "bỏ qua", "bỏ qua")
	w.record("lo", "Đã nhận lại – trẻ em", "hôm nay", "5", "5", "bỏ qua", "bỏ qua")
	w.record("sup", "Đã nhận lại – trẻ em", "Tà Xùa", "hôm nay", "5 ", "4", "1 khác họ tên", "bỏ qua", "bỏ qua")
	w.record("sup", "Đã cập nhật phần mềm – trẻ em", "Tà Xùa", "hôm nay", "5", "bỏ qua", "bỏ qua")
	w.record("canh", "Đã nhận từ xã – đối tượng bảo trợ", "hôm nay", "7", "bỏ qua", "bỏ qua")
	w.record("sup", "Đã nhận lại – đối tượng bảo trợ", "Tà Xùa", "hôm nay", "7", "7", "bỏ qua", "bỏ qua")
	w.record("lo", "Đã cập nhật phần mềm – đối tượng bảo trợ", "hôm nay", "7", "bỏ qua", "bỏ qua")
	if w.text("lo", "/han"); w.hasButton("lo", "Đã cập nhật phần mềm – trẻ em") {
		t.Error("the commune is offered what the province does")
	}
	got := w.facts(c)
	if len(got[campaign.HandedOver]) != 2 || len(got[campaign.Returned]) != 3 || len(got[campaign.Updated]) != 2 {
		t.Errorf("recorded: %+v", got)
	}
	for _, f := range got[campaign.Returned] {
		above := f.To == campaign.Party{Role: officer.RoleSupervisor, Level: officer.LevelProvince}
		if f.List == "child" && above && (f.Numbered != 4 || f.Unverified[campaign.ReasonDiffers] != 1) {
			t.Errorf("what the province said of the return: %+v", f)
		}
	}
}

// TestDeedsOfOthers presses made-up buttons: nobody records, takes back or sees what is another unit's.
func TestDeedsOfOthers(t *testing.T) {
	w := newWorld(t)
	w.letIn()
	c := w.plan(twoLevelPlan)
	w.handOver("Trẻ Thử Nghiệm vắng nhà")
	records, err := w.store.CampaignRecords(context.Background(), c.ID, "")
	w.ok(err)
	if len(records) != 1 || records[0].Photo == "" || records[0].Remark == "" {
		t.Fatalf("records: %+v", records)
	}
	forged := []string{"takeback.c1|" + records[0].Press, "page.c1|" + records[0].ID, "deed.c1|1|0", "deed.c1|1|99", "deed.c1|1|-1",
		"deed.c1|2|0", "moveplan.c1", "endplan.c1", "plan.c2", "drawplan.c2", "deed.|||", "takeback.", "page.c1|", "newplan"}
	for _, who := range []string{"ha", "hacop", "sup", "far", "canh", "tuphap", "khach"} {
		for _, data := range forged {
			before := w.mark(who)
			token := strings.Split(w.screen(who), "@")[0]
			w.pressData(who, token+":"+data)
			for _, e := range w.room(who).events[before:] {
				picture := e.at != nil && e.at.file != nil
				if picture && who != "canh" {
					t.Errorf("%s got a picture by %s", who, data)
				}
			}
			if w.said(who, "vắng nhà", before) && who != "canh" {
				t.Errorf("%s read the remark by %s", who, data)
			}
			w.text(who, "hủy")
		}
	}
	after, err := w.store.CampaignRecords(context.Background(), c.ID, "")
	w.ok(err)
	if len(after) != 1 || !after[0].Holds() {
		t.Errorf("after made-up buttons: %+v", after)
	}
	if now, err := w.store.Campaign(context.Background(), c.ID); err != nil || now.Revision != 1 {
		t.Errorf("the campaign is in revision %d, %v", now.Revision, err)
	}
}

// screen is the mark of the screen that a chat shows.
func (w *world) screen(who string) string {
	w.t.Helper()
	mark, err := w.store.ChatScreen(context.Background(), chatOf(who))
	w.ok(err)
	return mark
}

// TestPageIsAudited shows the signed page to the unit's police, and leaves a line about it.
func TestPageIsAudited(t *testing.T) {
	w := newWorld(t)
	w.letIn()
	c := w.plan(twoLevelPlan)
	w.handOver("bỏ qua")
	w.text("canh", "/kehoach")
	w.text("canh", "1")
	w.press("canh", "Trang ký")
	records, err := w.store.CampaignRecords(context.Background(), c.ID, "03868")
	w.ok(err)
	lines, err := w.store.AuditOf(context.Background(), records[0].ID, 5)
	w.ok(err)
	if len(lines) != 1 || lines[0].Action != "campaign.page_shown" || lines[0].Officer == "" {
		t.Errorf("audit: %+v", lines)
	}
	last := w.room("canh").events[len(w.room("canh").events)-1]
	if last.at == nil || last.at.file == nil || string(last.at.body) != string(page(t)) {
		t.Error("the page did not arrive")
	}
}

// TestChangedMeanwhile: somebody who is making a change while another one makes one sees the present state, and nothing is overwritten.
func TestChangedMeanwhile(t *testing.T) {
	w := newWorld(t)
	w.letIn()
	w.text("sup2", "/start "+w.invite(officer.RoleSupervisor, "14", "Tỉnh Sơn La", "Cán bộ sup2"))
	c := w.plan(twoLevelPlan)
	for _, who := range []string{"sup", "sup2"} {
		w.text(who, "/kehoach")
		w.text(who, "1")
		w.press(who, "Dời hạn")
		w.text(who, "3")
		w.text(who, "đến 6/12")
	}
	w.press("sup", "Dời hạn")
	since := w.mark("sup2")
	w.press("sup2", "Dời hạn")
	if !w.said("sup2", "vừa được người khác thay đổi", since) {
		t.Errorf("the second is told\n%s", w.last("sup2"))
	}
	if now, err := w.store.Campaign(context.Background(), c.ID); err != nil || now.Revision != 2 {
		t.Errorf("revision %d, %v", now.Revision, err)
	}
	w.ok(w.store.AddCampaign(context.Background(), bot.Ending{Op: "end"}, "", ended(t, w, c.ID), nil))
	w.text("lo", "/han")
	if w.hasButton("lo", "Đã giao công an – trẻ em") {
		t.Error("something can be recorded of a campaign that has ended")
	}
}

func ended(t *testing.T, w *world, id string) campaign.Campaign {
	t.Helper()
	now, err := w.store.Campaign(context.Background(), id)
	w.ok(err)
	next, err := now.End(civil.Of(w.now))
	if err != nil {
		t.Fatal(err)
	}
	return next
}

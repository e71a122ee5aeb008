package io.numa.avatar.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numa.avatar.port.PortException;
import io.numa.avatar.port.repository.ChangeRequest;
import io.numa.avatar.port.repository.ChangeRequests;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.port.repository.ProposedChange;
import io.numa.avatar.port.repository.ProposedChange.Standing;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.fixture.ForgeWorld;
import io.numa.avatar.testkit.fixture.ShownRequest;
import io.numa.avatar.testkit.fixture.ShownRequest.State;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The tests that every {@link ChangeRequests} must pass, for any service. A subclass creates the
 * adapter under test and the service behind it.
 */
public abstract class ChangeRequestsContract {
  private static final BranchName BRANCH = new BranchName("feature/log-in");
  private static final BranchName MAIN = new BranchName("main");
  private static final CommitId FIRST = new CommitId("1".repeat(40));
  private static final CommitId SECOND = new CommitId("2".repeat(40));
  private static final String TITLE = "Let people log in";
  private static final String BODY = "**Task** 7\n\n- `déjà vu`, \"quoted\" \\ & <more> 🙂\n";

  /** The requests; the same for all of one test. */
  protected abstract ChangeRequests requests();

  /** The service behind the adapter. */
  protected abstract ForgeWorld world();

  /** Whether the service supports labels. */
  protected boolean knowsLabels() {
    return true;
  }

  /** The service's name for a user. */
  protected String named(String user) {
    return user;
  }

  @Test
  void opensOneThatIsNotThere() throws InterruptedException {
    ProposedChange opened = open(request());

    assertThat(opened.standing()).isEqualTo(Standing.OPENED);
    assertThat(opened.notes()).isEmpty();
    assertThat(world().requests()).containsExactly(shown(opened.url(), TITLE, BODY, false));
  }

  @Test
  void opensADraft() throws InterruptedException {
    ProposedChange opened = open(draft());

    assertThat(world().requests()).containsExactly(shown(opened.url(), TITLE, BODY, true));
  }

  @Test
  void findsWhatItHasOpened() throws InterruptedException {
    ProposedChange opened = open(draft());

    ProposedChange again = open(draft());

    assertThat(again).isEqualTo(new ProposedChange(opened.url(), Standing.FOUND, List.of()));
    assertThat(world().requests()).containsExactly(shown(opened.url(), TITLE, BODY, true));
  }

  @Test
  void bringsTitleAndBodyUpToDate() throws InterruptedException {
    open(request());

    ProposedChange changed = open(request(FIRST, MAIN, "Let all log in", "Another text."));

    assertThat(world().requests())
        .containsExactly(shown(changed.url(), "Let all log in", "Another text.", false));
  }

  @Test
  void addsLabelsAndReviewers() throws InterruptedException {
    Assumptions.assumeTrue(knowsLabels());

    open(request(List.of("avatar", "urgent"), List.of(named("ada"))));

    assertThat(world().requests().get(0).labels()).containsExactlyInAnyOrder("avatar", "urgent");
    assertThat(world().requests().get(0).reviewers()).containsExactly(named("ada"));
  }

  @Test
  void keepsLabelsAndReviewersThatAPersonHasAdded() throws InterruptedException {
    Assumptions.assumeTrue(knowsLabels());
    ProposedChange opened = open(request(List.of(), List.of(named("ada"))));
    world().addLabel(opened.url(), "urgent");

    open(request(List.of("avatar"), List.of(named("grace"))));

    ShownRequest shown = world().requests().get(0);
    assertThat(shown.labels()).isEqualTo(Set.of("avatar", "urgent"));
    assertThat(shown.reviewers()).isEqualTo(Set.of(named("ada"), named("grace")));
  }

  @Test
  void addsReviewersToWhatIsThere() throws InterruptedException {
    open(request());

    ProposedChange found = open(request(List.of(), List.of(named("ada"), named("grace"))));

    assertThat(found.notes()).isEmpty();
    assertThat(world().requests().get(0).reviewers())
        .isEqualTo(Set.of(named("ada"), named("grace")));
  }

  @Test
  void saysWhatHasNoLabels() throws InterruptedException {
    Assumptions.assumeFalse(knowsLabels());

    ProposedChange opened = open(request(List.of("avatar"), List.of()));

    assertThat(opened.notes()).singleElement().asString().contains("avatar");
    assertThat(world().requests()).hasSize(1);
  }

  @Test
  void opensItWithoutAnUnknownReviewer() throws InterruptedException {
    ProposedChange opened = open(request(List.of(), List.of(named("nobody"), named("ada"))));

    assertThat(opened.standing()).isEqualTo(Standing.OPENED);
    assertThat(opened.notes()).singleElement().asString().contains("nobody");
    assertThat(world().requests().get(0).reviewers()).containsExactly(named("ada"));
  }

  @Test
  void leavesADraftADraft() throws InterruptedException {
    ProposedChange opened = open(draft());

    open(request());

    assertThat(world().requests()).containsExactly(shown(opened.url(), TITLE, BODY, true));
  }

  @Test
  void makesNoDraftOfARequestThatAPersonMarkedReady() throws InterruptedException {
    ProposedChange opened = open(draft());
    world().markReady(opened.url());

    open(draft());

    assertThat(world().requests()).containsExactly(shown(opened.url(), TITLE, BODY, false));
  }

  @Test
  void opensAnotherForAnotherTarget() throws InterruptedException {
    open(request());

    ProposedChange other = open(request(FIRST, new BranchName("release/1"), TITLE, BODY));

    assertThat(other.standing()).isEqualTo(Standing.OPENED);
    assertThat(world().requests()).hasSize(2);
  }

  @Test
  void doesNotChangeARequestThatAPersonClosed() throws InterruptedException {
    ProposedChange opened = open(request());
    world().close(opened.url());

    ProposedChange closed = open(request(SECOND, MAIN, TITLE, "Another text."));

    assertThat(closed).isEqualTo(new ProposedChange(opened.url(), Standing.CLOSED, List.of()));
    assertThat(world().requests()).singleElement().extracting("state").isEqualTo(State.CLOSED);
    assertThat(world().requests()).singleElement().extracting("body").isEqualTo(BODY);
  }

  @Test
  void opensAnotherForOtherWorkOnABranchThatWasOnceClosed() throws InterruptedException {
    world().close(open(request()).url());

    ProposedChange other = open(request(SECOND, MAIN, "Let people log out", BODY));

    assertThat(other.standing()).isEqualTo(Standing.OPENED);
    assertThat(world().requests()).hasSize(2);
  }

  @Test
  void opensNoneForACommitThatWasMerged() throws InterruptedException {
    ProposedChange opened = open(request());
    world().merge(opened.url());

    ProposedChange merged = open(request());

    assertThat(merged).isEqualTo(new ProposedChange(opened.url(), Standing.MERGED, List.of()));
    assertThat(world().requests()).hasSize(1);
  }

  @Test
  void opensAnotherForACommitThatCameAfterAMerge() throws InterruptedException {
    world().merge(open(request()).url());

    ProposedChange other = open(request(SECOND, MAIN, TITLE, BODY));

    assertThat(other.standing()).isEqualTo(Standing.OPENED);
    assertThat(world().requests()).hasSize(2);
  }

  @Test
  void prefersWhatIsOpenToWhatWasClosed() throws InterruptedException {
    world().close(open(request()).url());
    ProposedChange second = open(request(SECOND, MAIN, "Let people log out", BODY));

    ProposedChange found = open(request(SECOND, MAIN, TITLE, BODY));

    assertThat(found.url()).isEqualTo(second.url());
    assertThat(found.standing()).isEqualTo(Standing.FOUND);
  }

  @Test
  void refusesARepositoryThatIsNotThere() {
    var elsewhere =
        RepositoryUrl.parse(world().repository().value().replaceFirst("shop", "nowhere"));
    var lost =
        new ChangeRequest(
            new PendingPush(elsewhere, BRANCH, FIRST),
            MAIN,
            TITLE,
            BODY,
            false,
            List.of(),
            List.of());

    assertThatExceptionOfType(PortException.class)
        .isThrownBy(() -> requests().open(lost))
        .withMessageContaining("nowhere")
        .extracting(PortException::kind)
        .isEqualTo(FailureKind.NOT_FOUND);
  }

  private ProposedChange open(ChangeRequest request) throws InterruptedException {
    world().push(request.pushed());
    return requests().open(request);
  }

  private ChangeRequest request() {
    return request(FIRST, MAIN, TITLE, BODY);
  }

  private ChangeRequest draft() {
    return new ChangeRequest(pushed(FIRST), MAIN, TITLE, BODY, true, List.of(), List.of());
  }

  private ChangeRequest request(CommitId commit, BranchName target, String title, String body) {
    return new ChangeRequest(pushed(commit), target, title, body, false, List.of(), List.of());
  }

  private ChangeRequest request(List<String> labels, List<String> reviewers) {
    return new ChangeRequest(pushed(FIRST), MAIN, TITLE, BODY, false, labels, reviewers);
  }

  private PendingPush pushed(CommitId commit) {
    return new PendingPush(world().repository(), BRANCH, commit);
  }

  private static ShownRequest shown(String url, String title, String body, boolean draft) {
    return new ShownRequest(url, State.OPEN, BRANCH, MAIN, title, body, draft, Set.of(), Set.of());
  }
}

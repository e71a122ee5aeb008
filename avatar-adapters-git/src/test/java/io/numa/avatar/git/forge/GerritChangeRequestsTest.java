package io.numa.avatar.git.forge;

import static io.numa.avatar.testkit.Staging.stageAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numa.avatar.git.JGitRepository;
import io.numa.avatar.git.settings.CacheSettings;
import io.numa.avatar.git.settings.GitIdentity;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.git.settings.HostCredential;
import io.numa.avatar.git.settings.HostingService;
import io.numa.avatar.git.settings.HttpNetwork;
import io.numa.avatar.http.RetrySettings;
import io.numa.avatar.port.PortException;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.repository.ChangeRequest;
import io.numa.avatar.port.repository.CheckoutRequest;
import io.numa.avatar.port.repository.LocalCommit;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.port.repository.ProposedChange;
import io.numa.avatar.port.repository.ProposedChange.Standing;
import io.numa.avatar.port.repository.Trailer;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.task.TaskId;
import io.numa.avatar.testkit.fixture.SeededRepository;
import io.numa.avatar.testkit.server.GitServer;
import io.numa.avatar.testkit.server.ReviewedChange;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes at a fake server that handles pushes for review as Gerrit's documentation says. */
final class GerritChangeRequestsTest {
  private static final BranchName BRANCH = new BranchName("feature/log-in");
  private static final BranchName MAIN = new BranchName("main");
  private static final TaskId TASK = new TaskId("T-1");
  private static final GitSettings SETTINGS =
      GitSettings.of(new GitIdentity("Avatar", "avatar@example.com"));

  @TempDir Path temp;
  private GitServer server;
  private SeededRepository shop;
  private int checkouts;

  @BeforeEach
  void start() throws Exception {
    server = GitServer.start(temp.resolve("server"));
    shop = server.createRepository("team/shop");
    shop.seed("main", Map.of("README.md", "A shop.\n"));
    server.reviewPushes("http://127.0.0.1:8080");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void makesAChangeOfThePushedCommit() throws Exception {
    CommitId commit = deliver("login.txt", "1\n");

    ProposedChange opened = open(ready(commit));

    assertThat(opened)
        .isEqualTo(
            new ProposedChange(
                "http://127.0.0.1:8080/c/team/shop/+/1", Standing.OPENED, List.of()));
    assertThat(server.changes())
        .containsExactly(
            new ReviewedChange(
                1,
                "team/shop",
                "main",
                changeId(),
                List.of(commit),
                false,
                true,
                "feature/log-in",
                Set.of(),
                Set.of()));
    assertThat(shop.headOf(BRANCH.value())).contains(commit);
    assertThat(shop.refs("refs/for/")).isEmpty();
  }

  @Test
  void makesADraftWorkInProgress() throws Exception {
    open(request(deliver("login.txt", "1\n"), true, List.of(), List.of()));

    assertThat(server.changes()).singleElement().extracting(ReviewedChange::wip).isEqualTo(true);
  }

  @Test
  void findsWhatItHasMade() throws Exception {
    CommitId commit = deliver("login.txt", "1\n");
    open(ready(commit));

    ProposedChange again = open(ready(commit));

    assertThat(again).isEqualTo(new ProposedChange(searchPage(), Standing.FOUND, List.of()));
    assertThat(onlyChange().patchSets()).hasSize(1);
  }

  @Test
  void findsWhatIsInTheTargetByNow() throws Exception {
    CommitId commit = deliver("login.txt", "1\n");
    shop.move("main", commit);

    assertThat(open(ready(commit)).standing()).isEqualTo(Standing.FOUND);
    assertThat(server.changes()).isEmpty();
  }

  @Test
  void findsWhatItHasMadeWhenTheAnswerWasLost() throws Exception {
    CommitId commit = deliver("login.txt", "1\n");
    server.loseNextPushAnswer();

    ProposedChange found = open(ready(commit));

    assertThat(found.standing()).isEqualTo(Standing.FOUND);
    assertThat(onlyChange().patchSets()).hasSize(1);
  }

  @Test
  void addsWhatAnotherAttemptMadeToTheSameChange() throws Exception {
    CommitId first = deliver("login.txt", "1\n");
    open(request(first, true, List.of(), List.of()));
    CommitId second = deliver("logout.txt", "2\n");

    ProposedChange found = open(request(second, true, List.of("avatar"), List.of("ada")));

    assertThat(found)
        .isEqualTo(
            new ProposedChange("http://127.0.0.1:8080/c/team/shop/+/1", Standing.FOUND, List.of()));
    ReviewedChange change = server.changes().get(0);
    assertThat(server.changes()).hasSize(1);
    assertThat(change.patchSets()).hasSize(2).startsWith(first).doesNotContain(second);
    assertThat(shop.files(change.patchSets().get(1))).isEqualTo(shop.files(BRANCH.value()));
    assertThat(change.hashtags()).containsExactly("avatar");
    assertThat(change.reviewers()).containsExactly("ada");
    assertThat(shop.headOf(BRANCH.value())).contains(second);
  }

  @Test
  void findsTheSameOfSeveralAttemptsAgain() throws Exception {
    open(ready(deliver("login.txt", "1\n")));
    deliver("logout.txt", "2\n");
    CommitId third = deliver("help.txt", "3\n");
    open(ready(third));

    assertThat(open(ready(third))).extracting("standing").isEqualTo(Standing.FOUND);
    assertThat(onlyChange().patchSets()).hasSize(2);
  }

  @Test
  void replacesWhatWasTakenAwayFromTheBranch() throws Exception {
    open(ready(deliver("login.txt", "1\n")));
    shop.delete(BRANCH.value());
    CommitId second = deliver("login.txt", "2\n");

    assertThat(open(ready(second)).standing()).isEqualTo(Standing.FOUND);
    assertThat(onlyChange().patchSets()).endsWith(second);
  }

  @Test
  void leavesWhatPeopleHaveSetAlone() throws Exception {
    CommitId first = deliver("login.txt", "1\n");
    open(ready(first));

    open(request(deliver("logout.txt", "2\n"), true, List.of(), List.of()));

    assertThat(server.changes()).singleElement().extracting(ReviewedChange::wip).isEqualTo(false);
  }

  @Test
  void putsAnotherTasksCommitOnTopOfTheFirst() throws Exception {
    open(ready(deliver("login.txt", "1\n")));
    CommitId other = deliver("logout.txt", "2\n", "Change-Id: " + idOf(new TaskId("T-2")));

    assertThat(open(ready(other)).standing()).isEqualTo(Standing.OPENED);
    assertThat(server.changes()).hasSize(2);
    assertThat(server.changes().get(1).patchSets()).containsExactly(other);
  }

  @Test
  void tellsLabelsAndReviewersAsTheyAre() throws Exception {
    open(
        request(
            deliver("login.txt", "1\n"),
            false,
            List.of("for review", "50% ^~:+done", "größer"),
            List.of("ada", "grace")));

    ReviewedChange change = server.changes().get(0);
    assertThat(change.hashtags()).containsExactlyInAnyOrder("for review", "50% ^~:+done", "größer");
    assertThat(change.reviewers()).containsExactlyInAnyOrder("ada", "grace");
  }

  @Test
  void makesItWithoutAReviewerThatGerritDoesNotKnow() throws Exception {
    ProposedChange opened =
        open(
            request(
                deliver("login.txt", "1\n"), false, List.of(), List.of("nobody", "ada", "else")));

    assertThat(opened.standing()).isEqualTo(Standing.OPENED);
    assertThat(opened.notes())
        .containsExactly(
            "without nobody as reviewer: user \"nobody\" not found\nProcessing changes: refs: 1",
            "without else as reviewer: user \"else\" not found\nProcessing changes: refs: 1");
    assertThat(server.changes().get(0).reviewers()).containsExactly("ada");
  }

  @Test
  void leavesAloneWhatWasClosed() throws Exception {
    open(ready(deliver("login.txt", "1\n")));
    server.closeChange(1);

    ProposedChange closed = open(ready(deliver("logout.txt", "2\n")));

    assertThat(closed)
        .isEqualTo(
            new ProposedChange(
                "http://127.0.0.1:8080/c/team/shop/+/1", Standing.CLOSED, List.of()));
    assertThat(onlyChange().patchSets()).hasSize(1);
  }

  @Test
  void saysWhyItIsRefused() throws Exception {
    CommitId commit = deliver("login.txt", "1\n", "Signed-off-by: a");

    PortException failure = failure(ready(commit));

    assertThat(failure.kind()).isEqualTo(FailureKind.PUSH_REJECTED);
    assertThat(failure)
        .hasMessageContaining("could not open a change request for 'feature/log-in'")
        .hasMessageContaining("missing Change-Id in message footer");
    assertThat(server.changes()).isEmpty();
  }

  @Test
  void saysThatThereIsNoSuchTarget() throws Exception {
    CommitId commit = deliver("login.txt", "1\n");
    var elsewhere =
        new ChangeRequest(
            pushed(commit), new BranchName("next"), "-", "", false, List.of(), List.of());

    assertThat(failure(elsewhere)).hasMessageContaining("branch next not found");
  }

  @Test
  void saysThatTheCommitIsGone() throws Exception {
    deliver("login.txt", "1\n");

    PortException failure = failure(ready(new CommitId("4".repeat(40))));

    assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
  }

  @Test
  void saysThatAPlainServerKnowsNoReviews() throws Exception {
    try (GitServer plain = GitServer.start(temp.resolve("plain"))) {
      plain.createRepository("shop").seed("main", Map.of("a.txt", ""));
      CommitId commit = deliver(plain.httpUrl("shop"), "login.txt", "1\n", trailer());
      var push = new PendingPush(RepositoryUrl.parse(plain.httpUrl("shop")), BRANCH, commit);
      var request = new ChangeRequest(push, MAIN, "-", "", false, List.of(), List.of());

      assertThat(failure(request)).hasMessageContaining("ush options not supported");
    }
  }

  @Test
  void takesNoAddressAtAnotherHost() throws Exception {
    server.reviewPushes("https://evil.example.com");

    ProposedChange opened = open(ready(deliver("login.txt", "1\n")));

    assertThat(opened.url()).isEqualTo(searchPage());
    assertThat(opened.standing()).isEqualTo(Standing.OPENED);
    assertThat(opened.notes())
        .singleElement()
        .asString()
        .contains("api_url")
        .doesNotContain("evil");
  }

  @Test
  void takesAnAddressWhereTheConfigurationSaysThatPagesAre() throws Exception {
    server.reviewPushes("https://review.example.com/r");
    CommitId commit = deliver("login.txt", "1\n");
    var requests = requests(SETTINGS, Optional.of(URI.create("https://review.example.com/r")));

    assertThat(requests.open(ready(commit)).url())
        .isEqualTo("https://review.example.com/r/c/team/shop/+/1");
    assertThat(requests.open(ready(commit)).url())
        .isEqualTo("https://review.example.com/r/q/" + changeId());
  }

  @Test
  void logsInAsForOtherPushes() throws Exception {
    CommitId commit = deliver("login.txt", "1\n");
    server.requirePassword("bot", "tok-7f3a91");

    PortException refused = failure(ready(commit));
    ProposedChange opened =
        requests(
                SETTINGS.withCredentials(
                    HostCredential.password("127.0.0.1:*", "bot", new Secret("tok-7f3a91"))),
                Optional.empty())
            .open(ready(commit));

    assertThat(refused.kind()).isEqualTo(FailureKind.UNAUTHORIZED);
    assertThat(refused).hasMessageContaining("git.credentials");
    assertThat(opened.standing()).isEqualTo(Standing.OPENED);
  }

  @Test
  void pushesOverSshAsWell() throws Exception {
    Path key = temp.resolve("key");
    Path known = temp.resolve("known_hosts");
    server.authorizeNewKey(key);
    Files.writeString(known, server.knownHostsLine() + "\n");
    GitSettings settings = SETTINGS.withCredentials(HostCredential.sshKey("127.0.0.1", key, known));
    CommitId commit = deliver("login.txt", "1\n");
    var push = new PendingPush(RepositoryUrl.parse(server.sshUrl("team/shop")), BRANCH, commit);
    var request = new ChangeRequest(push, MAIN, "-", "", false, List.of("a b"), List.of("ada"));

    ProposedChange opened = requests(settings, Optional.empty()).open(request);

    assertThat(opened.url()).isEqualTo("http://127.0.0.1:8080/c/team/shop/+/1");
    assertThat(server.changes().get(0).hashtags()).containsExactly("a b");
  }

  @Test
  void fetchesIntoTheMirrorWhereThereIsOne() throws Exception {
    GitSettings settings = SETTINGS.withReuse(CacheSettings.in(temp.resolve("stock")));
    CommitId first = deliver("login.txt", "1\n");
    requests(settings, Optional.empty()).open(ready(first));
    CommitId second = deliver("logout.txt", "2\n");

    ProposedChange found = requests(settings, Optional.empty()).open(ready(second));

    assertThat(found.standing()).isEqualTo(Standing.FOUND);
    assertThat(onlyChange().patchSets()).hasSize(2);
  }

  @Test
  void needsNoMoreHistoryThanIsFetched() throws Exception {
    GitSettings settings = SETTINGS.withDepth(1).withReuse(CacheSettings.in(temp.resolve("stock")));
    shop.seed("main", Map.of("more.txt", "more\n"));
    CommitId first = deliver("login.txt", "1\n");

    ProposedChange opened = requests(settings, Optional.empty()).open(ready(first));

    assertThat(opened.standing()).isEqualTo(Standing.OPENED);
    assertThat(server.changes().get(0).patchSets()).containsExactly(first);
  }

  @Test
  void servesHostsThatRunGerrit() {
    var requests = requests(SETTINGS, Optional.empty());

    assertThat(requests.serves(repository())).isTrue();
    assertThat(requests.serves(RepositoryUrl.parse("ssh://me@gerrit.example.com:29418/a")))
        .isTrue();
    assertThat(requests.serves(RepositoryUrl.parse("https://github.com/a/b"))).isFalse();
    assertThat(requests.serves(RepositoryUrl.parse("/srv/git/a.git"))).isFalse();
  }

  @Test
  void asksForTheSameChangeIdForEveryAttempt() {
    List<Trailer> trailers = requests(SETTINGS, Optional.empty()).trailers(repository(), TASK);

    assertThat(trailers).containsExactly(new Trailer("Change-Id", idOf(TASK)));
    assertThat(idOf(TASK)).matches("I[0-9a-f]{40}").isNotEqualTo(idOf(new TaskId("T-2")));
  }

  private ReviewedChange onlyChange() {
    assertThat(server.changes()).hasSize(1);
    return server.changes().get(0);
  }

  private ProposedChange open(ChangeRequest request) throws InterruptedException {
    return requests(SETTINGS, Optional.empty()).open(request);
  }

  private PortException failure(ChangeRequest request) {
    return catchThrowableOfType(PortException.class, () -> open(request));
  }

  private static GerritChangeRequests requests(GitSettings settings, Optional<URI> pages) {
    ForgeHost host = ForgeHost.of("127.0.0.1:*", HostingService.GERRIT);
    var forge =
        ForgeSettings.of(List.of(pages.map(host::withApiUrl).orElse(host)), HttpNetwork.DIRECT)
            .withRetries(
                new RetrySettings(2, Duration.ofMillis(1), Duration.ofSeconds(20), Duration.ZERO));
    return new GerritChangeRequests(new JGitRepository(settings, Clock.systemUTC()), forge);
  }

  private ChangeRequest ready(CommitId commit) {
    return request(commit, false, List.of(), List.of());
  }

  private ChangeRequest request(
      CommitId commit, boolean draft, List<String> labels, List<String> reviewers) {
    return new ChangeRequest(pushed(commit), MAIN, "Title", "Body", draft, labels, reviewers);
  }

  private PendingPush pushed(CommitId commit) {
    return new PendingPush(repository(), BRANCH, commit);
  }

  private RepositoryUrl repository() {
    return RepositoryUrl.parse(server.httpUrl("team/shop"));
  }

  private String searchPage() {
    return server.httpUrl("team/shop").replaceFirst("/team/shop.git$", "/q/" + changeId());
  }

  private String changeId() {
    return idOf(TASK);
  }

  private String idOf(TaskId task) {
    return ChangeId.of(repository(), task);
  }

  private String trailer() {
    return "Change-Id: " + changeId();
  }

  private CommitId deliver(String file, String text) throws Exception {
    return deliver(file, text, trailer());
  }

  private CommitId deliver(String file, String text, String trailer) throws Exception {
    return deliver(server.httpUrl("team/shop"), file, text, trailer);
  }

  /** Pushes a file to the branch, as a task does. */
  private CommitId deliver(String url, String file, String text, String trailer) throws Exception {
    var repository = new JGitRepository(SETTINGS, Clock.systemUTC());
    Path home = temp.resolve("home-" + checkouts++);
    var request = new CheckoutRequest(RepositoryUrl.parse(url), BRANCH, List.of(MAIN), home);
    try (var copy = repository.checkOut(request, progress -> {})) {
      Files.writeString(copy.directory().resolve(file), text);
      LocalCommit commit =
          stageAll(copy).commit("feat: log in\n\nNuma-Task: T-1\n" + trailer + "\n");
      commit.push();
      return commit.id();
    }
  }
}

package io.numa.avatar.git.forge;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.http.Json;
import io.numa.avatar.port.repository.ChangeReview;
import io.numa.avatar.port.repository.CommitChecks;
import io.numa.avatar.port.repository.ReviewComment;
import io.numa.avatar.port.repository.ReviewThread;
import io.numa.avatar.port.repository.ReviewThread.Standing;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * Reviews and checks of GitHub, through its REST API, version 3. That API does not tell whether a
 * thread is resolved.
 */
final class GitHubReviews implements ReviewForge {
  private static final String THREAD = "thread-";

  /** A review that approves asks for nothing. */
  private static final Set<String> WORDS = Set.of("CHANGES_REQUESTED", "COMMENTED");

  private static final Set<String> RED =
      Set.of("failure", "timed_out", "startup_failure", "action_required");

  private final ApiClient api;
  private final Project project;

  GitHubReviews(ApiClient api, Project project) {
    this.api = api;
    this.project = project;
  }

  @Override
  public String self() throws InterruptedException {
    return Json.text(api.get("ask who we are", api.at("user").build()), "/login");
  }

  @Override
  public ChangeReview read(String number, Optional<String> self) throws InterruptedException {
    JsonNode pull = api.get(project.reviewing(), pull(number).build());
    boolean open =
        Json.text(pull, "/state").equals("open")
            && pull.at("/head/repo/id").equals(pull.at("/base/repo/id"));
    String head = Json.text(pull, "/head/sha");
    return new ChangeReview(
        open,
        new BranchName(Json.text(pull, "/head/ref")),
        new BranchName(Json.text(pull, "/base/ref")),
        new CommitId(head),
        self,
        open ? threads(number, head) : List.of(),
        open ? remarks(number) : List.of());
  }

  private List<ReviewThread> threads(String number, String head) throws InterruptedException {
    List<JsonNode> comments = pages(pull(number).addPathSegment("comments"));
    List<JsonNode> reviews = pages(pull(number).addPathSegment("reviews"));
    return Stream.concat(ofLines(comments), reviews.stream().flatMap(it -> whole(it, head)))
        .toList();
  }

  private Stream<ReviewThread> ofLines(List<JsonNode> comments) {
    Map<String, List<JsonNode>> threads = new LinkedHashMap<>();
    for (JsonNode comment : comments) {
      boolean reply = comment.hasNonNull("in_reply_to_id");
      String root = Json.text(comment, reply ? "/in_reply_to_id" : "/id");
      threads.computeIfAbsent(root, id -> new ArrayList<>()).add(comment);
    }
    return threads.entrySet().stream().map(thread -> thread(thread.getKey(), thread.getValue()));
  }

  private ReviewThread thread(String root, List<JsonNode> comments) {
    JsonNode first = comments.get(0);
    boolean current =
        first.hasNonNull("line")
            || first.hasNonNull("position")
            || Json.text(first, "/subject_type").equals("file");
    return new ReviewThread(
        THREAD + root,
        place(first, "line"),
        current ? Standing.OPEN : Standing.OUTDATED,
        comments.stream().map(comment -> comment("comment-", comment)).toList());
  }

  /** The place of a comment, in words. */
  static String place(JsonNode comment, String line) {
    String path = Json.text(comment, "/path");
    return comment.path(line).asLong() > 0 ? path + ", line " + comment.path(line).asLong() : path;
  }

  private static Stream<ReviewThread> whole(JsonNode review, String head) {
    boolean asks =
        WORDS.contains(Json.text(review, "/state")) && !Json.text(review, "/body").isBlank();
    boolean current = Json.text(review, "/commit_id").equals(head);
    return asks
        ? Stream.of(
            new ReviewThread(
                "",
                "",
                current ? Standing.OPEN : Standing.OUTDATED,
                List.of(comment("review-", review))))
        : Stream.empty();
  }

  private List<ReviewComment> remarks(String number) throws InterruptedException {
    return pages(repository("issues").addPathSegment(number).addPathSegment("comments")).stream()
        .map(comment -> comment("remark-", comment))
        .toList();
  }

  private static ReviewComment comment(String kind, JsonNode comment) {
    String login = Json.text(comment, "/user/login");
    boolean robot =
        !Json.text(comment, "/user/type").equals("User") || ReviewAccounts.isRobot(login);
    return new ReviewComment(
        kind + Json.text(comment, "/id"), login, robot, Json.text(comment, "/body"));
  }

  @Override
  public CommitChecks checks(CommitId commit) throws InterruptedException {
    HttpUrl.Builder at = repository("commits").addPathSegment(commit.value());
    HttpUrl runs = ofCommit(at, "check-runs").addQueryParameter("filter", "latest").build();
    List<JsonNode> checks =
        Json.items(api.get(project.reviewing(), runs).path("check_runs")).toList();
    JsonNode statuses =
        api.get(project.reviewing(), ofCommit(at, "status").build()).path("statuses");
    boolean complete =
        checks.stream().allMatch(run -> Json.text(run, "/status").equals("completed"));
    Stream<CommitChecks.Failed> failed =
        Stream.concat(
            checks.stream()
                .filter(run -> RED.contains(Json.text(run, "/conclusion")))
                .map(GitHubReviews::failedRun),
            Json.items(statuses)
                .filter(one -> Set.of("failure", "error").contains(Json.text(one, "/state")))
                .map(GitHubReviews::failedStatus));
    return new CommitChecks(complete, failed.toList());
  }

  private static HttpUrl.Builder ofCommit(HttpUrl.Builder commit, String what) {
    return commit.build().newBuilder().addPathSegment(what).addQueryParameter("per_page", "100");
  }

  /** A run of GitHub's Actions has the number of its job, whose log can be had. */
  private static CommitChecks.Failed failedRun(JsonNode run) {
    String text =
        Stream.of("/output/title", "/output/summary", "/output/text")
            .map(path -> run.at(path).isTextual() ? Json.text(run, path) : "")
            .filter(part -> !part.isBlank())
            .reduce((one, other) -> one + "\n\n" + other)
            .orElse("");
    boolean actions = Json.text(run, "/app/slug").equals("github-actions");
    return new CommitChecks.Failed(
        Json.text(run, "/name"),
        text,
        actions ? Optional.of(Json.text(run, "/id")) : Optional.empty());
  }

  /** Of a commit status, as GitHub and Gitea tell it. */
  static CommitChecks.Failed failedStatus(JsonNode status) {
    return new CommitChecks.Failed(
        Json.text(status, "/context"), Json.text(status, "/description"), Optional.empty());
  }

  @Override
  public Optional<String> log(String job) throws InterruptedException {
    HttpUrl url =
        repository("actions")
            .addPathSegment("jobs")
            .addPathSegment(job)
            .addPathSegment("logs")
            .build();
    return api.text("read a log of '" + project.address() + "'", url);
  }

  @Override
  public boolean mayWrite(String login) throws InterruptedException {
    HttpUrl url =
        repository("collaborators").addPathSegment(login).addPathSegment("permission").build();
    JsonNode answer = api.get("ask what '" + login + "' may do", url);
    return Set.of("admin", "write").contains(Json.text(answer, "/permission"));
  }

  @Override
  public void reply(String number, String thread, String text) throws InterruptedException {
    if (!thread.startsWith(THREAD)) {
      remark(number, text);
      return;
    }
    HttpUrl url =
        pull(number)
            .addPathSegment("comments")
            .addPathSegment(thread.substring(THREAD.length()))
            .addPathSegment("replies")
            .build();
    api.send("POST", project.answering(), url, Json.object().put("body", text));
  }

  @Override
  public void remark(String number, String text) throws InterruptedException {
    HttpUrl url = repository("issues").addPathSegment(number).addPathSegment("comments").build();
    api.send("POST", project.answering(), url, Json.object().put("body", text));
  }

  private List<JsonNode> pages(HttpUrl.Builder list) throws InterruptedException {
    return api.pages(project.reviewing(), list.addQueryParameter("per_page", "100"), 100);
  }

  private HttpUrl.Builder pull(String number) {
    return repository("pulls").addPathSegment(number);
  }

  private HttpUrl.Builder repository(String what) {
    return api.at("repos", project.owner(), project.name(), what);
  }
}

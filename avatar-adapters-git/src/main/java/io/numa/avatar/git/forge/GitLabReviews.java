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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;

/** Reviews and checks of GitLab, through its REST API, version 4. */
final class GitLabReviews implements ReviewForge {
  /** The access level of developers. They may push to branches that are not protected. */
  private static final int DEVELOPER = 30;

  private static final Set<String> UNFINISHED =
      Set.of("created", "pending", "running", "preparing", "waiting_for_resource");

  private final ApiClient api;
  private final Project project;

  GitLabReviews(ApiClient api, Project project) {
    this.api = api;
    this.project = project;
  }

  @Override
  public String self() throws InterruptedException {
    return Json.text(api.get("ask who we are", api.at("user").build()), "/username");
  }

  @Override
  public ChangeReview read(String number, Optional<String> self) throws InterruptedException {
    JsonNode merge = api.get(project.reviewing(), request(number).build());
    boolean open =
        Json.text(merge, "/state").equals("opened")
            && merge.path("source_project_id").equals(merge.path("target_project_id"));
    String head = Json.text(merge, "/sha");
    var threads = new ArrayList<ReviewThread>();
    var remarks = new ArrayList<ReviewComment>();
    if (open) {
      for (JsonNode discussion : discussions(number)) {
        sort(discussion, head, threads, remarks);
      }
    }
    return new ChangeReview(
        open,
        new BranchName(Json.text(merge, "/source_branch")),
        new BranchName(Json.text(merge, "/target_branch")),
        new CommitId(head),
        self,
        threads,
        remarks);
  }

  private List<JsonNode> discussions(String number) throws InterruptedException {
    HttpUrl.Builder url = request(number).addPathSegment("discussions");
    return api.pages(project.reviewing(), url.addQueryParameter("per_page", "100"), 100);
  }

  /** Threads can be resolved; notes of the conversation cannot. */
  private static void sort(
      JsonNode discussion, String head, List<ReviewThread> threads, List<ReviewComment> remarks) {
    List<JsonNode> notes =
        Json.items(discussion.path("notes"))
            .filter(note -> !note.path("system").asBoolean())
            .toList();
    List<ReviewComment> comments = notes.stream().map(GitLabReviews::comment).toList();
    if (notes.isEmpty() || !notes.get(0).path("resolvable").asBoolean()) {
      remarks.addAll(comments);
    } else {
      JsonNode first = notes.get(0);
      threads.add(
          new ReviewThread(
              Json.text(discussion, "/id"), place(first), standing(first, head), comments));
    }
  }

  private static Standing standing(JsonNode first, String head) {
    if (first.path("resolved").asBoolean()) {
      return Standing.RESOLVED;
    }
    // GitLab moves the position of a comment to the newest commit as long as its lines are there.
    boolean moved =
        first.hasNonNull("position") && !Json.text(first, "/position/head_sha").equals(head);
    return moved ? Standing.OUTDATED : Standing.OPEN;
  }

  private static String place(JsonNode note) {
    JsonNode position = note.path("position");
    String path = Json.text(position, "/new_path");
    long line = position.path("new_line").asLong(position.path("old_line").asLong());
    return line > 0 ? path + ", line " + line : path;
  }

  private static ReviewComment comment(JsonNode note) {
    String login = Json.text(note, "/author/username");
    return new ReviewComment(
        "note-" + Json.text(note, "/id"),
        login,
        ReviewAccounts.isRobot(login) || note.at("/author/bot").asBoolean(),
        Json.text(note, "/body"));
  }

  @Override
  public CommitChecks checks(CommitId commit) throws InterruptedException {
    HttpUrl.Builder url =
        project("repository")
            .addPathSegment("commits")
            .addPathSegment(commit.value())
            .addPathSegment("statuses")
            .addQueryParameter("per_page", "100");
    List<JsonNode> statuses = api.pages(project.reviewing(), url, 100);
    return new CommitChecks(
        statuses.stream().noneMatch(one -> UNFINISHED.contains(Json.text(one, "/status"))),
        statuses.stream()
            .filter(one -> Json.text(one, "/status").equals("failed"))
            .filter(one -> !one.path("allow_failure").asBoolean())
            .map(GitLabReviews::failed)
            .toList());
  }

  /** The status of a job has the job's number. One from elsewhere has no log here. */
  private static CommitChecks.Failed failed(JsonNode status) {
    String text = status.path("description").isTextual() ? Json.text(status, "/description") : "";
    return new CommitChecks.Failed(
        Json.text(status, "/name"), text, Optional.of(Json.text(status, "/id")));
  }

  @Override
  public Optional<String> log(String job) throws InterruptedException {
    HttpUrl url = project("jobs").addPathSegment(job).addPathSegment("trace").build();
    return api.text("read a log of '" + project.address() + "'", url);
  }

  @Override
  public boolean mayWrite(String login) throws InterruptedException {
    String asking = "ask what '" + login + "' may do";
    HttpUrl users = api.at("users").addQueryParameter("username", login).build();
    Optional<String> id =
        Json.items(api.get(asking, users)).map(user -> Json.text(user, "/id")).findFirst();
    if (id.isEmpty()) {
      return false;
    }
    HttpUrl url = project("members").addPathSegment("all").addPathSegment(id.get()).build();
    return api.get(asking, url).path("access_level").asInt() >= DEVELOPER;
  }

  @Override
  public void reply(String number, String thread, String text) throws InterruptedException {
    HttpUrl url =
        request(number)
            .addPathSegment("discussions")
            .addPathSegment(thread)
            .addPathSegment("notes")
            .build();
    api.send("POST", project.answering(), url, Json.object().put("body", text));
  }

  @Override
  public void remark(String number, String text) throws InterruptedException {
    HttpUrl url = request(number).addPathSegment("notes").build();
    api.send("POST", project.answering(), url, Json.object().put("body", text));
  }

  private HttpUrl.Builder request(String number) {
    return project("merge_requests").addPathSegment(number);
  }

  private HttpUrl.Builder project(String what) {
    return api.at("projects", project.fullName(), what);
  }
}

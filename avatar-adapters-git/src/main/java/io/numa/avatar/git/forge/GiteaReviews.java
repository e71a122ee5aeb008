package io.numa.avatar.git.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.http.Json;
import io.numa.avatar.port.repository.ChangeReview;
import io.numa.avatar.port.repository.CommitChecks;
import io.numa.avatar.port.repository.ReviewComment;
import io.numa.avatar.port.repository.ReviewThread;
import io.numa.avatar.port.repository.ReviewThread.Standing;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.CommitId;
import io.numa.avatar.task.FailureKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * Reviews and checks of Gitea and Forgejo, through their API, version 1. A thread there is all that
 * reviews say about one line. The API has no logs.
 */
final class GiteaReviews implements ReviewForge {
  private static final int PER_PAGE = 50;

  /** How many reviews with comments are read; the newest ones. */
  private static final int MAX_REVIEWS = 50;

  private static final String OLD = "old:";

  private static final Set<String> WORDS = Set.of("REQUEST_CHANGES", "COMMENT");

  private final ApiClient api;
  private final Project project;

  GiteaReviews(ApiClient api, Project project) {
    this.api = api;
    this.project = project;
  }

  /** A comment at a line, with its review. */
  private record Placed(JsonNode comment, JsonNode review) {
    /** Where an answer goes: the line, and the path. */
    String thread() {
      long line = comment.path("position").asLong();
      long before = comment.path("original_position").asLong();
      return (line > 0 ? String.valueOf(line) : OLD + before) + "/" + Json.text(comment, "/path");
    }

    Standing standing() {
      if (comment.hasNonNull("resolver")) {
        return Standing.RESOLVED;
      }
      return GiteaReviews.isOutdated(review) ? Standing.OUTDATED : Standing.OPEN;
    }
  }

  private static boolean isOutdated(JsonNode review) {
    return review.path("stale").asBoolean() || review.path("dismissed").asBoolean();
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
            && pull.at("/head/repo_id").equals(pull.at("/base/repo_id"));
    return new ChangeReview(
        open,
        new BranchName(Json.text(pull, "/head/ref")),
        new BranchName(Json.text(pull, "/base/ref")),
        new CommitId(Json.text(pull, "/head/sha")),
        self,
        open ? threads(number) : List.of(),
        open ? remarks(number) : List.of());
  }

  private List<ReviewThread> threads(String number) throws InterruptedException {
    HttpUrl.Builder list = pull(number).addPathSegment("reviews");
    List<JsonNode> reviews =
        api.pages(
            project.reviewing(),
            list.addQueryParameter("limit", String.valueOf(PER_PAGE)),
            PER_PAGE);
    List<JsonNode> newest =
        reviews.subList(Math.max(0, reviews.size() - MAX_REVIEWS), reviews.size());
    Map<String, List<Placed>> lines = new LinkedHashMap<>();
    for (JsonNode review : newest) {
      for (JsonNode comment : comments(number, review)) {
        var placed = new Placed(comment, review);
        lines.computeIfAbsent(placed.thread(), place -> new ArrayList<>()).add(placed);
      }
    }
    return Stream.concat(
            lines.entrySet().stream().map(line -> thread(line.getKey(), line.getValue())),
            newest.stream().flatMap(GiteaReviews::whole))
        .toList();
  }

  private JsonNode comments(String number, JsonNode review) throws InterruptedException {
    if (review.path("comments_count").asInt(1) == 0) {
      return Json.object();
    }
    HttpUrl url =
        pull(number)
            .addPathSegment("reviews")
            .addPathSegment(Json.text(review, "/id"))
            .addPathSegment("comments")
            .build();
    return api.get(project.reviewing(), url);
  }

  /** The standing of the newest comment is the thread's: each review is of its own commit. */
  private static ReviewThread thread(String place, List<Placed> comments) {
    return new ReviewThread(
        place,
        GitHubReviews.place(comments.get(0).comment(), "position"),
        comments.get(comments.size() - 1).standing(),
        comments.stream().map(placed -> comment("comment-", placed.comment())).toList());
  }

  private static Stream<ReviewThread> whole(JsonNode review) {
    boolean asks =
        WORDS.contains(Json.text(review, "/state")) && !Json.text(review, "/body").isBlank();
    return asks
        ? Stream.of(
            new ReviewThread(
                "",
                "",
                isOutdated(review) ? Standing.OUTDATED : Standing.OPEN,
                List.of(comment("review-", review))))
        : Stream.empty();
  }

  /** The list of an issue's comments is in one piece. */
  private List<ReviewComment> remarks(String number) throws InterruptedException {
    return Json.items(api.get(project.reviewing(), issueComments(number)))
        .map(comment -> comment("remark-", comment))
        .toList();
  }

  private static ReviewComment comment(String kind, JsonNode comment) {
    String login = Json.text(comment, "/user/login");
    return new ReviewComment(
        kind + Json.text(comment, "/id"),
        login,
        ReviewAccounts.isRobot(login),
        Json.text(comment, "/body"));
  }

  @Override
  public CommitChecks checks(CommitId commit) throws InterruptedException {
    HttpUrl url =
        repository("commits")
            .addPathSegment(commit.value())
            .addPathSegment("status")
            .addQueryParameter("limit", String.valueOf(PER_PAGE))
            .build();
    List<JsonNode> statuses =
        Json.items(api.get(project.reviewing(), url).path("statuses")).toList();
    return new CommitChecks(
        statuses.stream().noneMatch(one -> Json.text(one, "/status").equals("pending")),
        statuses.stream()
            .filter(one -> Set.of("failure", "error").contains(Json.text(one, "/status")))
            .map(GitHubReviews::failedStatus)
            .toList());
  }

  @Override
  public Optional<String> log(String name) {
    return Optional.empty();
  }

  /**
   * Only administrators of a repository may ask for a permission. Others are told who is a
   * collaborator.
   */
  @Override
  public boolean mayWrite(String login) throws InterruptedException {
    HttpUrl.Builder person = repository("collaborators").addPathSegment(login);
    String asking = "ask what '" + login + "' may do";
    try {
      HttpUrl url = person.build().newBuilder().addPathSegment("permission").build();
      return Set.of("owner", "admin", "write")
          .contains(Json.text(api.get(asking, url), "/permission"));
    } catch (RefusedException e) {
      if (e.kind() != FailureKind.UNAUTHORIZED) {
        throw e;
      }
    }
    if (login.equalsIgnoreCase(project.owner())) {
      return true;
    }
    api.get(asking, person.build());
    return true;
  }

  /** A further review of the same line shows as a reply to the earlier ones. */
  @Override
  public void reply(String number, String thread, String text) throws InterruptedException {
    int slash = thread.indexOf('/');
    if (slash < 0) {
      remark(number, text);
      return;
    }
    String line = thread.substring(0, slash);
    boolean old = line.startsWith(OLD);
    ObjectNode body = Json.object().put("event", "COMMENT").put("body", "");
    body.putArray("comments")
        .addObject()
        .put("path", thread.substring(slash + 1))
        .put("body", text)
        .put("new_position", old ? 0 : Long.parseLong(line))
        .put("old_position", old ? Long.parseLong(line.substring(OLD.length())) : 0);
    api.send("POST", project.answering(), pull(number).addPathSegment("reviews").build(), body);
  }

  @Override
  public void remark(String number, String text) throws InterruptedException {
    api.send("POST", project.answering(), issueComments(number), Json.object().put("body", text));
  }

  private HttpUrl issueComments(String number) {
    return repository("issues").addPathSegment(number).addPathSegment("comments").build();
  }

  private HttpUrl.Builder pull(String number) {
    return repository("pulls").addPathSegment(number);
  }

  private HttpUrl.Builder repository(String what) {
    return api.at("repos", project.owner(), project.name(), what);
  }
}

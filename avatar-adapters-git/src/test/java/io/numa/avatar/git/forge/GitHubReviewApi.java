package io.numa.avatar.git.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.git.forge.FakeForge.Call;
import io.numa.avatar.git.forge.FakeReviews.Comment;
import io.numa.avatar.git.forge.FakeReviews.LineThread;
import io.numa.avatar.http.Json;
import io.numa.avatar.testkit.fixture.ReviewWorld;
import java.util.Optional;
import mockwebserver3.MockResponse;

/**
 * The reviews of the fake GitHub, after docs.github.com/rest: pulls/comments, pulls/reviews,
 * issues/comments, checks/runs, commits/statuses, collaborators/collaborators, users/users and
 * actions/workflow-jobs. Each exchange is checked against GitHub's own description, except those of
 * logs, which are no JSON.
 */
final class GitHubReviewApi {
  private static final JsonNode EXAMPLES =
      Json.parse(FakeGitHub.resource("reviews.json")).orElseThrow();

  private final FakeGitHub forge;
  private final FakeReviews reviews;

  private GitHubReviewApi(FakeGitHub forge, FakeReviews reviews) {
    this.forge = forge;
    this.reviews = reviews;
  }

  static FakeReviews of(FakeGitHub forge) {
    var reviews = new FakeReviews(forge, "build[bot]");
    var api = new GitHubReviewApi(forge, reviews);
    forge.reviews = api::answer;
    forge.stores = api::blob;
    return reviews;
  }

  private Optional<MockResponse> answer(Call call) {
    if (is(call, "GET", "actions", "jobs", "*", "logs")) {
      return Optional.of(job(call.path().get(5)));
    }
    Optional<MockResponse> answer = json(call);
    answer.ifPresent(given -> forge.judge(call, given));
    return answer;
  }

  private static boolean is(Call call, String method, String... below) {
    var path = new String[below.length + 3];
    path[0] = "repos";
    path[1] = "team";
    path[2] = "shop";
    System.arraycopy(below, 0, path, 3, below.length);
    return call.is(method, path);
  }

  private Optional<MockResponse> json(Call call) {
    if (call.is("GET", "user")) {
      ObjectNode user = EXAMPLES.path("user").deepCopy();
      return ok(user.put("login", ReviewWorld.SELF).put("id", FakeReviews.SELF_ID));
    }
    if (is(call, "GET", "pulls", "1")) {
      return ok(forge.json(reviews.pull));
    }
    if (is(call, "GET", "pulls", "1", "comments")) {
      ArrayNode all = list();
      reviews.threads.forEach(
          thread -> thread.comments.forEach(comment -> all.add(comment(comment, thread))));
      return page(call, all);
    }
    if (is(call, "GET", "pulls", "1", "reviews")) {
      ArrayNode all = list();
      reviews.reviews.forEach(review -> all.add(review(review)));
      return page(call, all);
    }
    if (is(call, "GET", "issues", "1", "comments")) {
      ArrayNode all = list();
      reviews.remarks.forEach(remark -> all.add(remark(remark)));
      return page(call, all);
    }
    if (is(call, "GET", "commits", "*", "check-runs")) {
      return ok(runs(call.path().get(4)));
    }
    if (is(call, "GET", "commits", "*", "status")) {
      ObjectNode status = EXAMPLES.path("status").deepCopy();
      status.putArray("statuses");
      return ok(status.put("sha", call.path().get(4)).put("total_count", 0));
    }
    if (is(call, "GET", "collaborators", "*", "permission")) {
      return permission(call.path().get(4));
    }
    return answered(call);
  }

  private Optional<MockResponse> answered(Call call) {
    String text = call.body().path("body").asText();
    if (is(call, "POST", "issues", "1", "comments")) {
      return Optional.of(forge.json(201, remark(reviews.answer(text))));
    }
    if (is(call, "POST", "pulls", "1", "comments", "*", "replies")) {
      long root = Long.parseLong(call.path().get(6));
      return reviews.threads.stream()
          .filter(thread -> thread.comments.get(0).id() == root)
          .findFirst()
          .map(thread -> comment(reviews.answerAt(thread, text), thread))
          .map(comment -> forge.json(201, comment))
          .or(() -> Optional.of(forge.notFound()));
    }
    return Optional.empty();
  }

  private Optional<MockResponse> ok(JsonNode body) {
    return Optional.of(forge.json(200, body));
  }

  private Optional<MockResponse> page(Call call, ArrayNode all) {
    return ok(call.query("page").equals("1") ? all : list());
  }

  private static ArrayNode list() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** The first comment of a thread is the one that its others reply to. */
  private ObjectNode comment(Comment comment, LineThread thread) {
    ObjectNode json = with(EXAMPLES.path("comment"), comment);
    json.put("path", "src/App.java").put("commit_id", thread.commit);
    json.remove("in_reply_to_id");
    json.remove("start_line");
    json.remove("start_side");
    if (!comment.equals(thread.comments.get(0))) {
      json.put("in_reply_to_id", thread.comments.get(0).id());
    }
    if (thread.outdated) {
      json.remove("line");
      json.remove("position");
    } else {
      json.put("line", thread.line).put("position", 1);
    }
    return json;
  }

  private ObjectNode review(Comment review) {
    return with(EXAMPLES.path("review"), review)
        .put("state", "CHANGES_REQUESTED")
        .put("commit_id", review.commit());
  }

  private ObjectNode remark(Comment remark) {
    return with(EXAMPLES.path("remark"), remark);
  }

  private ObjectNode with(JsonNode example, Comment comment) {
    ObjectNode json = example.deepCopy();
    json.put("id", comment.id()).put("body", comment.text());
    ((ObjectNode) json.path("user"))
        .put("login", comment.author())
        .put("type", comment.author().equals(reviews.robot()) ? "Bot" : "User");
    return json;
  }

  private ObjectNode runs(String commit) {
    ArrayNode runs = list();
    reviews
        .checksOf(commit)
        .forEach(
            (name, log) -> {
              ObjectNode run = EXAMPLES.path("check_run").deepCopy();
              run.put("name", name).put("head_sha", commit).put("id", 500 + name.length());
              ((ObjectNode) run.path("app")).put("slug", "github-actions");
              run.put("status", log.isPresent() ? "completed" : "in_progress");
              if (log.isPresent()) {
                run.put("conclusion", "failure");
              } else {
                run.putNull("conclusion").putNull("completed_at");
              }
              runs.add(run);
            });
    return Json.object().put("total_count", runs.size()).set("check_runs", runs);
  }

  private Optional<MockResponse> permission(String login) {
    boolean writes = login.equals(ReviewWorld.ADA);
    if (!writes && !login.equals(ReviewWorld.GRACE)) {
      return Optional.of(forge.notFound());
    }
    ObjectNode permission = EXAMPLES.path("permission").deepCopy();
    // The example lacks what the description demands.
    ((ObjectNode) permission.path("user")).put("role_name", writes ? "write" : "read");
    return ok(
        permission
            .put("permission", writes ? "write" : "read")
            .put("role_name", writes ? "write" : "read"));
  }

  /** GitHub keeps logs at another host. */
  private MockResponse job(String id) {
    String there = forge.url("/blob/" + id).newBuilder().host("localhost").build().toString();
    return new MockResponse.Builder().code(302).setHeader("Location", there).body("").build();
  }

  private Optional<MockResponse> blob(Call call) {
    if (!call.path().get(0).equals("blob")) {
      return Optional.empty();
    }
    boolean bare = call.header("Authorization").isEmpty();
    String log =
        reviews.checks.values().stream()
            .flatMap(of -> of.values().stream())
            .flatMap(Optional::stream)
            .findFirst()
            .orElse("");
    return Optional.of(new MockResponse.Builder().code(bare ? 200 : 400).body(log).build());
  }
}

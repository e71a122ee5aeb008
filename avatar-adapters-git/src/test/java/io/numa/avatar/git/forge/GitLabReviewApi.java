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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mockwebserver3.MockResponse;

/**
 * The reviews of the fake GitLab, after docs.gitlab.com/api: merge_requests (single), discussions
 * (merge requests), notes, commits (statuses), jobs (trace), members (with inherited ones) and
 * users.
 */
final class GitLabReviewApi {
  private final FakeGitLab forge;
  private final FakeReviews reviews;

  private GitLabReviewApi(FakeGitLab forge, FakeReviews reviews) {
    this.forge = forge;
    this.reviews = reviews;
  }

  static FakeReviews of(FakeGitLab forge) {
    var reviews = new FakeReviews(forge, "project_3_bot_0123abcd");
    forge.reviews = new GitLabReviewApi(forge, reviews)::answer;
    return reviews;
  }

  private static boolean is(Call call, String method, String... below) {
    var path = new String[below.length + 4];
    path[0] = "api";
    path[1] = "v4";
    path[2] = "projects";
    path[3] = "team/tools/shop";
    System.arraycopy(below, 0, path, 4, below.length);
    return call.is(method, path);
  }

  private Optional<MockResponse> answer(Call call) {
    if (call.is("GET", "api", "v4", "user")) {
      return ok(user(ReviewWorld.SELF));
    }
    if (call.is("GET", "api", "v4", "users")) {
      ArrayNode users = list();
      String name = call.query("username");
      return ok(List.of("ada", "grace").contains(name) ? users.add(user(name)) : users);
    }
    if (is(call, "GET", "merge_requests", "1")) {
      return ok(forge.json(reviews.pull));
    }
    if (is(call, "GET", "merge_requests", "1", "discussions")) {
      return ok(call.query("page").equals("1") ? discussions() : list());
    }
    if (is(call, "GET", "repository", "commits", "*", "statuses")) {
      return ok(call.query("page").equals("1") ? statuses(call.path().get(6)) : list());
    }
    if (is(call, "GET", "jobs", "*", "trace")) {
      return trace();
    }
    if (is(call, "GET", "members", "all", "*")) {
      return member(Long.parseLong(call.path().get(6)));
    }
    return answered(call);
  }

  private Optional<MockResponse> answered(Call call) {
    String text = call.body().path("body").asText();
    if (is(call, "POST", "merge_requests", "1", "notes")) {
      return Optional.of(forge.json(201, note(reviews.answer(text), false)));
    }
    if (is(call, "POST", "merge_requests", "1", "discussions", "*", "notes")) {
      return thread(call.path().get(7), text)
          .map(note -> forge.json(201, note))
          .or(() -> Optional.of(forge.json(404, forge.message("404 Discussion Not Found"))));
    }
    return Optional.empty();
  }

  private Optional<ObjectNode> thread(String id, String text) {
    Optional<ObjectNode> atLine =
        reviews.threads.stream()
            .filter(thread -> id(thread.comments.get(0)).equals(id))
            .findFirst()
            .map(thread -> note(reviews.answerAt(thread, text), true));
    return atLine.isPresent()
        ? atLine
        : reviews.reviews.stream()
            .filter(review -> id(review).equals(id))
            .findFirst()
            .map(review -> note(reviews.answer(text), true));
  }

  private static String id(Comment first) {
    return String.format(Locale.ROOT, "%040x", first.id());
  }

  private Optional<MockResponse> ok(JsonNode body) {
    return Optional.of(forge.json(200, body));
  }

  private static ArrayNode list() {
    return JsonNodeFactory.instance.arrayNode();
  }

  private static ObjectNode user(String name) {
    return Json.object()
        .put("id", FakeReviews.id(name))
        .put("username", name)
        .put("name", name)
        .put("state", "active");
  }

  private ArrayNode discussions() {
    ArrayNode all = list();
    ObjectNode system = discussion("f".repeat(40), true);
    system
        .withArray("notes")
        .addObject()
        .put("id", 1)
        .put("body", "added 1 commit")
        .put("system", true)
        .put("resolvable", false)
        .set("author", user(ReviewWorld.ADA));
    all.add(system);
    for (LineThread thread : reviews.threads) {
      ObjectNode discussion = discussion(id(thread.comments.get(0)), false);
      for (Comment comment : thread.comments) {
        ObjectNode note = note(comment, true);
        note.put("type", "DiffNote").put("resolved", thread.resolved);
        note.putObject("position")
            .put("base_sha", "0".repeat(40))
            .put("head_sha", thread.outdated ? thread.commit : reviews.head().value())
            .put("position_type", "text")
            .put("old_path", "src/App.java")
            .put("new_path", "src/App.java")
            .put("new_line", thread.line);
        discussion.withArray("notes").add(note);
      }
      all.add(discussion);
    }
    for (Comment review : reviews.reviews) {
      ObjectNode discussion = discussion(id(review), false);
      discussion.withArray("notes").add(note(review, true).put("type", "DiscussionNote"));
      all.add(discussion);
    }
    for (Comment remark : reviews.remarks) {
      ObjectNode discussion = discussion(id(remark), true);
      discussion.withArray("notes").add(note(remark, false));
      all.add(discussion);
    }
    return all;
  }

  private static ObjectNode discussion(String id, boolean individual) {
    ObjectNode discussion = Json.object().put("id", id).put("individual_note", individual);
    discussion.putArray("notes");
    return discussion;
  }

  private static ObjectNode note(Comment comment, boolean resolvable) {
    ObjectNode note =
        Json.object()
            .put("id", comment.id())
            .put("body", comment.text())
            .put("system", false)
            .put("noteable_type", "MergeRequest")
            .put("resolvable", resolvable);
    note.putNull("type").set("author", user(comment.author()));
    if (resolvable) {
      note.put("resolved", false);
    }
    return note;
  }

  private ArrayNode statuses(String commit) {
    ArrayNode all = list();
    reviews
        .checksOf(commit)
        .forEach(
            (name, log) ->
                all.addObject()
                    .put("id", 500 + name.length())
                    .put("sha", commit)
                    .put("name", name)
                    .put("status", log.isPresent() ? "failed" : "running")
                    .put("allow_failure", false)
                    .putNull("description"));
    all.addObject()
        .put("id", 499)
        .put("sha", commit)
        .put("name", "optional")
        .put("status", "failed")
        .put("allow_failure", true)
        .putNull("description");
    return all;
  }

  private Optional<MockResponse> trace() {
    return reviews.checks.values().stream()
        .flatMap(of -> of.values().stream())
        .flatMap(Optional::stream)
        .findFirst()
        .map(
            log ->
                new MockResponse.Builder()
                    .setHeader("Content-Type", "text/plain")
                    .body(log)
                    .build());
  }

  private Optional<MockResponse> member(long id) {
    if (id != FakeReviews.ADA_ID && id != FakeReviews.GRACE_ID) {
      return Optional.of(forge.json(404, forge.message("404 Not found")));
    }
    return ok(
        Json.object()
            .put("id", id)
            .put("state", "active")
            .put("access_level", id == FakeReviews.ADA_ID ? 30 : 20));
  }
}

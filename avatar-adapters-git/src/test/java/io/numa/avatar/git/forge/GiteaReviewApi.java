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
 * The reviews of the fake Gitea, after its API's own pages (version 1.23): repoGetPullRequest,
 * repoListPullReviews, repoGetPullReviewComments, repoCreatePullReview, issueGetComments,
 * issueCreateComment, repoGetCombinedStatusByRef, repoGetRepoPermissions, repoCheckCollaborator and
 * userGetCurrent. Each comment at a line is of a review of its own.
 */
final class GiteaReviewApi {
  private final FakeGitea forge;
  private final FakeReviews reviews;

  /** Whether the avatar's token is not an administrator's, so that it may not ask for rights. */
  boolean plain;

  private GiteaReviewApi(FakeGitea forge, FakeReviews reviews) {
    this.forge = forge;
    this.reviews = reviews;
  }

  static GiteaReviewApi of(FakeGitea forge) {
    var api = new GiteaReviewApi(forge, new FakeReviews(forge, "gitea-actions"));
    forge.reviews = api::answer;
    return api;
  }

  FakeReviews world() {
    return reviews;
  }

  private static boolean is(Call call, String method, String... below) {
    var path = new String[below.length + 5];
    path[0] = "api";
    path[1] = "v1";
    path[2] = "repos";
    path[3] = "team";
    path[4] = "shop";
    System.arraycopy(below, 0, path, 5, below.length);
    return call.is(method, path);
  }

  private Optional<MockResponse> answer(Call call) {
    if (call.is("GET", "api", "v1", "user")) {
      return ok(user(ReviewWorld.SELF));
    }
    if (is(call, "GET", "pulls", "1")) {
      return ok(forge.json(reviews.pull));
    }
    if (is(call, "GET", "pulls", "1", "reviews")) {
      return ok(call.query("page").equals("1") ? all() : list());
    }
    if (is(call, "GET", "pulls", "1", "reviews", "*", "comments")) {
      return ok(comments(Long.parseLong(call.path().get(8)) - 1_000));
    }
    if (is(call, "GET", "issues", "1", "comments")) {
      ArrayNode remarks = list();
      reviews.remarks.forEach(remark -> remarks.add(said(remark)));
      return ok(remarks);
    }
    if (is(call, "GET", "commits", "*", "status")) {
      return ok(status(call.path().get(6)));
    }
    if (is(call, "GET", "collaborators", "*", "permission")) {
      return permission(call.path().get(6));
    }
    if (is(call, "GET", "collaborators", "*")) {
      boolean known = call.path().get(6).equals(ReviewWorld.ADA);
      return known
          ? Optional.of(new MockResponse.Builder().code(204).build())
          : Optional.of(forge.json(404, forge.message("not found")));
    }
    return answered(call);
  }

  private Optional<MockResponse> answered(Call call) {
    if (is(call, "POST", "issues", "1", "comments")) {
      String text = call.body().path("body").asText();
      return Optional.of(forge.json(201, said(reviews.answer(text))));
    }
    if (is(call, "POST", "pulls", "1", "reviews")) {
      JsonNode comment = call.body().path("comments").path(0);
      return reviews.threads.stream()
          .filter(thread -> thread.line == comment.path("new_position").asInt())
          .findFirst()
          .map(thread -> reviews.answerAt(thread, comment.path("body").asText()))
          .map(answer -> forge.json(200, review(answer, "COMMENT", 1)))
          .or(() -> Optional.of(forge.json(422, forge.message("no such line"))));
    }
    return Optional.empty();
  }

  private Optional<MockResponse> ok(JsonNode body) {
    return Optional.of(forge.json(200, body));
  }

  private static ArrayNode list() {
    return JsonNodeFactory.instance.arrayNode();
  }

  private static ObjectNode user(String name) {
    return Json.object().put("id", FakeReviews.id(name)).put("login", name).put("username", name);
  }

  private ArrayNode all() {
    ArrayNode all = list();
    for (LineThread thread : reviews.threads) {
      thread.comments.forEach(comment -> all.add(review(comment, "COMMENT", 1)));
    }
    reviews.reviews.forEach(
        review -> all.add(review(review, "REQUEST_CHANGES", 0).put("body", review.text())));
    return all;
  }

  private ObjectNode review(Comment comment, String state, int comments) {
    ObjectNode review =
        Json.object()
            .put("id", 1_000 + comment.id())
            .put("state", state)
            .put("body", "")
            .put("commit_id", comment.commit())
            .put("stale", !comment.commit().equals(reviews.head().value()))
            .put("official", true)
            .put("dismissed", false)
            .put("comments_count", comments);
    review.set("user", user(comment.author()));
    return review;
  }

  private ArrayNode comments(long id) {
    ArrayNode comments = list();
    for (LineThread thread : reviews.threads) {
      for (Comment comment : thread.comments) {
        if (comment.id() == id) {
          ObjectNode json =
              said(comment)
                  .put("pull_request_review_id", 1_000 + id)
                  .put("path", "src/App.java")
                  .put("commit_id", comment.commit())
                  .put("position", thread.line)
                  .put("original_position", 0);
          if (thread.resolved) {
            json.set("resolver", user(ReviewWorld.ADA));
          } else {
            json.putNull("resolver");
          }
          comments.add(json);
        }
      }
    }
    return comments;
  }

  private static ObjectNode said(Comment comment) {
    ObjectNode json = Json.object().put("id", comment.id()).put("body", comment.text());
    json.set("user", user(comment.author()));
    return json;
  }

  private ObjectNode status(String commit) {
    ObjectNode combined = Json.object().put("sha", commit).put("state", "failure");
    ArrayNode statuses = combined.putArray("statuses");
    reviews
        .checksOf(commit)
        .forEach(
            (name, log) ->
                statuses
                    .addObject()
                    .put("id", 500 + name.length())
                    .put("context", name)
                    .put("status", log.isPresent() ? "failure" : "pending")
                    .put("description", "Failing after 3s"));
    return combined;
  }

  private Optional<MockResponse> permission(String login) {
    if (plain) {
      return Optional.of(forge.json(403, forge.message("Only admins can query all permissions")));
    }
    if (!login.equals(ReviewWorld.ADA) && !login.equals(ReviewWorld.GRACE)) {
      return Optional.of(forge.json(404, forge.message("user does not exist")));
    }
    String word = login.equals(ReviewWorld.ADA) ? "write" : "read";
    ObjectNode permission = Json.object().put("permission", word).put("role_name", word);
    permission.set("user", user(login));
    return ok(permission);
  }
}

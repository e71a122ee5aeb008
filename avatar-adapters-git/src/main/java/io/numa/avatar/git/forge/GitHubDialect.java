package io.numa.avatar.git.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.http.Json;
import io.numa.avatar.port.repository.ChangeRequest;
import java.util.Collection;
import java.util.List;
import okhttp3.HttpUrl;

/** What is different at each of the services whose API is like GitHub's. */
enum GitHubDialect {
  /** REST API, version 3. Creates labels that do not exist. */
  GITHUB("issues", "requested_reviewers"),

  /**
   * Gitea and Forgejo, API version 1. It cannot look by branch, so the latest change requests are
   * looked through. Labels go by numbers, and are not created; drafts are marked in the title.
   */
  GITEA("issues", "requested_reviewers"),

  /** API version 5. Its reviewers are what it calls assignees. Creates labels. */
  GITEE("pulls", "assignees");

  private static final DraftTitle WORK_IN_PROGRESS =
      new DraftTitle("WIP: ", "(?i)(?:wip:|\\[wip\\])\\s*");

  private final String labelled;
  private final String reviewers;

  GitHubDialect(String labelled, String reviewers) {
    this.labelled = labelled;
    this.reviewers = reviewers;
  }

  /** What labels are added to, in URLs. */
  String labelled() {
    return labelled;
  }

  /** What those who are asked for a review are called, in URLs and answers. */
  String reviewers() {
    return reviewers;
  }

  DraftTitle drafts() {
    return this == GITEA ? WORK_IN_PROGRESS : DraftTitle.NONE;
  }

  boolean numbersLabels() {
    return this == GITEA;
  }

  /** How many pages are looked through: 500 change requests of Gitea. */
  int pages() {
    return this == GITEA ? GiteaLabels.MAX_PAGES : 1;
  }

  /** Looks for the change requests of a branch and target, the latest first. */
  HttpUrl search(HttpUrl.Builder pulls, Project project, ChangeRequest request, int page) {
    String branch = request.pushed().branch().value();
    return switch (this) {
      case GITHUB -> byBranch(pulls, project.owner() + ":" + branch, request);
      case GITEE -> byBranch(pulls, branch, request);
      case GITEA -> GiteaLabels.page(pulls.addQueryParameter("sort", "recentupdate"), page);
    };
  }

  private static HttpUrl byBranch(HttpUrl.Builder pulls, String head, ChangeRequest request) {
    return pulls
        .addQueryParameter("head", head)
        .addQueryParameter("base", request.target().value())
        .addQueryParameter("sort", "created")
        .addQueryParameter("direction", "desc")
        .addQueryParameter("per_page", "30")
        .build();
  }

  /** Adds the title of a new change request, and whether it is a draft. */
  void title(ObjectNode body, ChangeRequest request) {
    body.put("title", request.draft() ? drafts().marked(request.title()) : request.title());
    if (drafts() == DraftTitle.NONE) {
      body.put("draft", request.draft());
    }
  }

  /** The body that adds labels: names, or numbers. */
  JsonNode labelling(ArrayNode labels) {
    return this == GITEE ? labels : Json.object().set("labels", labels);
  }

  /** The body that asks for a review. */
  JsonNode asking(String reviewer) {
    if (this == GITEE) {
      return Json.object().put("assignees", reviewer);
    }
    boolean team = this == GITHUB && reviewer.contains("/");
    return Json.object()
        .set(
            team ? "team_reviewers" : "reviewers",
            list(List.of(team ? reviewer.substring(reviewer.indexOf('/') + 1) : reviewer)));
  }

  static ArrayNode list(Collection<String> texts) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    texts.forEach(list::add);
    return list;
  }
}

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

/** The differences between the services whose API is like GitHub's. */
enum GitHubDialect {
  /** REST API, version 3. Creates labels that do not exist. */
  GITHUB("issues", "requested_reviewers"),

  /**
   * Gitea and Forgejo, API version 1. The API has no search by branch, so the avatar reads the
   * latest change requests. Labels are given by numbers, and the API does not create them. Drafts
   * are marked in the title.
   */
  GITEA("issues", "requested_reviewers"),

  /** Gitee, API version 5. Reviewers are called assignees there. Creates labels. */
  GITEE("pulls", "assignees");

  private static final DraftTitle WORK_IN_PROGRESS =
      new DraftTitle("WIP: ", "(?i)(?:wip:|\\[wip\\])\\s*");

  private final String labelled;
  private final String reviewers;

  GitHubDialect(String labelled, String reviewers) {
    this.labelled = labelled;
    this.reviewers = reviewers;
  }

  /** The kind of object that takes labels, in URLs. */
  String labelled() {
    return labelled;
  }

  /** The service's word for requested reviewers, in URLs and answers. */
  String reviewers() {
    return reviewers;
  }

  DraftTitle drafts() {
    return this == GITEA ? WORK_IN_PROGRESS : DraftTitle.NONE;
  }

  boolean numbersLabels() {
    return this == GITEA;
  }

  /** How many pages to read at most: 500 change requests of Gitea. */
  int pages() {
    return this == GITEA ? GiteaLabels.MAX_PAGES : 1;
  }

  /** The URL that lists the change requests of a branch and target, the latest first. */
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

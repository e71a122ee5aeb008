package io.numa.avatar.git.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.git.forge.Existing.State;
import io.numa.avatar.port.ChangeRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.HttpUrl;

/**
 * Pull requests of Gitea and Forgejo, by their API, version 1. It cannot look by branch, so the
 * latest change requests are looked through. Labels go by numbers, and are not made; drafts are
 * marked in the title.
 */
final class Gitea implements Forge {
  private static final DraftTitle DRAFTS = new DraftTitle("WIP: ", "(?i)(?:wip:|\\[wip\\])\\s*");
  private static final int PAGE = 50;

  /** Further back nothing is looked for: 500 change requests. */
  private static final int MAX_PAGES = 10;

  private final ApiClient api;
  private final Project project;

  Gitea(ApiClient api, Project project) {
    this.api = api;
    this.project = project;
  }

  @Override
  public List<Existing> find(ChangeRequest request) throws InterruptedException {
    var found = new ArrayList<Existing>();
    for (int page = 1; page <= MAX_PAGES; page++) {
      HttpUrl url =
          repository("pulls")
              .addQueryParameter("state", "all")
              .addQueryParameter("sort", "recentupdate")
              .addQueryParameter("limit", String.valueOf(PAGE))
              .addQueryParameter("page", String.valueOf(page))
              .build();
      JsonNode pulls = api.get(project.finding(), url);
      Json.items(pulls)
          .filter(pull -> isOf(pull, request))
          .map(Gitea::existing)
          .forEach(found::add);
      if (pulls.isEmpty() || found.stream().anyMatch(one -> one.state() == State.OPEN)) {
        break;
      }
    }
    return found;
  }

  /** The branch of a fork has a repository of its own. */
  private static boolean isOf(JsonNode pull, ChangeRequest request) {
    return Json.text(pull, "/head/ref").equals(request.pushed().branch().value())
        && Json.text(pull, "/base/ref").equals(request.target().value())
        && pull.at("/head/repo_id").equals(pull.at("/base/repo_id"));
  }

  @Override
  public Existing create(ChangeRequest request) throws InterruptedException {
    ObjectNode body =
        Json.object()
            .put("head", request.pushed().branch().value())
            .put("base", request.target().value())
            .put("title", request.draft() ? DRAFTS.marked(request.title()) : request.title())
            .put("body", request.body());
    return existing(api.send("POST", project.opening(request), repository("pulls").build(), body));
  }

  @Override
  public void rewrite(Existing existing, ChangeRequest request) throws InterruptedException {
    ObjectNode body =
        Json.object().put("title", existing.mark() + request.title()).put("body", request.body());
    HttpUrl url = repository("pulls").addPathSegment(existing.number()).build();
    api.send("PATCH", existing.rewriting(), url, body);
  }

  @Override
  public List<String> complete(Existing existing, ChangeRequest request)
      throws InterruptedException {
    var additions = new Additions();
    List<String> labels =
        Json.missing(request.labels(), Json.texts(existing.raw().path("labels"), "name"));
    if (!labels.isEmpty()) {
      addLabels(existing, labels, additions);
    }
    List<String> reviewers =
        Json.missing(
            request.reviewers(), Json.texts(existing.raw().path("requested_reviewers"), "login"));
    for (String reviewer : reviewers) {
      HttpUrl url =
          repository("pulls")
              .addPathSegment(existing.number())
              .addPathSegment("requested_reviewers")
              .build();
      String what = "ask '" + reviewer + "' for a review";
      ObjectNode body = Json.list("reviewers", List.of(reviewer));
      additions.attempt(what, () -> api.send("POST", what, url, body));
    }
    return additions.notes();
  }

  private void addLabels(Existing existing, List<String> labels, Additions additions)
      throws InterruptedException {
    Map<String, Long> known = labels();
    ObjectNode body = Json.object();
    ArrayNode ids = body.putArray("labels");
    for (String label : labels) {
      Long id = known.get(label.toLowerCase(Locale.ROOT));
      if (id == null) {
        additions.note("there is no label '" + label + "'");
      } else {
        ids.add(id);
      }
    }
    if (!ids.isEmpty()) {
      HttpUrl url =
          repository("issues").addPathSegment(existing.number()).addPathSegment("labels").build();
      String what = "add the labels " + String.join(", ", labels);
      additions.attempt(what, () -> api.send("POST", what, url, body));
    }
  }

  /** The repository's own labels and its organization's, where it has one. */
  private Map<String, Long> labels() throws InterruptedException {
    var known = new HashMap<String, Long>();
    try {
      collect(api.at("orgs", project.owner(), "labels"), known);
    } catch (RefusedException e) {
      known.clear(); // the owner is a user
    }
    collect(repository("labels"), known);
    return known;
  }

  private void collect(HttpUrl.Builder place, Map<String, Long> known) throws InterruptedException {
    for (int page = 1; page <= MAX_PAGES; page++) {
      HttpUrl url =
          place
              .setQueryParameter("limit", String.valueOf(PAGE))
              .setQueryParameter("page", String.valueOf(page))
              .build();
      JsonNode labels = api.get("read the labels of '" + project.address() + "'", url);
      labels.forEach(
          label ->
              known.put(
                  Json.text(label, "/name").toLowerCase(Locale.ROOT), label.path("id").asLong()));
      if (labels.isEmpty()) {
        return;
      }
    }
  }

  private HttpUrl.Builder repository(String what) {
    return api.at("repos", project.owner(), project.name(), what);
  }

  private static Existing existing(JsonNode pull) {
    String title = Json.text(pull, "/title");
    boolean open = Json.text(pull, "/state").equals("open");
    return new Existing(
        Json.text(pull, "/number"),
        Json.text(pull, "/html_url"),
        pull.path("merged").asBoolean() ? State.MERGED : open ? State.OPEN : State.CLOSED,
        DRAFTS.mark(title),
        DRAFTS.unmarked(title),
        Json.text(pull, "/body"),
        Json.text(pull, "/head/sha"),
        pull);
  }
}

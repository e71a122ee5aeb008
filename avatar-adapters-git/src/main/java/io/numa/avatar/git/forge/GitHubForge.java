package io.numa.avatar.git.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.git.forge.Existing.State;
import io.numa.avatar.http.Json;
import io.numa.avatar.port.repository.ChangeRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import okhttp3.HttpUrl;

/**
 * Pull requests of GitHub, and of services whose API is like GitHub's; a {@link GitHubDialect}
 * holds the differences. A reviewer with a slash, {@code org/team}, is a team at GitHub.
 */
final class GitHubForge implements Forge {
  private final ApiClient api;
  private final Project project;
  private final GitHubDialect dialect;

  GitHubForge(ApiClient api, Project project, GitHubDialect dialect) {
    this.api = api;
    this.project = project;
    this.dialect = dialect;
  }

  @Override
  public List<Existing> find(ChangeRequest request) throws InterruptedException {
    var found = new ArrayList<Existing>();
    for (int page = 1; page <= dialect.pages(); page++) {
      HttpUrl.Builder url = repository("pulls").addQueryParameter("state", "all");
      JsonNode pulls = api.get(project.finding(), dialect.search(url, project, request, page));
      Json.items(pulls).filter(pull -> isOf(pull, request)).map(this::existing).forEach(found::add);
      if (pulls.isEmpty() || found.stream().anyMatch(one -> one.state() == State.OPEN)) {
        break;
      }
    }
    return found;
  }

  /**
   * Whether a pull request is of this repository's branch. A fork's branch may have the same name.
   */
  private static boolean isOf(JsonNode pull, ChangeRequest request) {
    return Json.text(pull, "/head/ref").equals(request.pushed().branch().value())
        && Json.text(pull, "/base/ref").equals(request.target().value())
        && pull.at("/head/repo_id").equals(pull.at("/base/repo_id"))
        && pull.at("/head/repo/id").equals(pull.at("/base/repo/id"));
  }

  @Override
  public Existing create(ChangeRequest request) throws InterruptedException {
    ObjectNode body =
        Json.object()
            .put("head", request.pushed().branch().value())
            .put("base", request.target().value())
            .put("body", request.body());
    dialect.title(body, request);
    return existing(api.send("POST", project.opening(request), repository("pulls").build(), body));
  }

  @Override
  public void rewrite(Existing existing, ChangeRequest request) throws InterruptedException {
    ObjectNode body =
        Json.object().put("title", existing.mark() + request.title()).put("body", request.body());
    api.send("PATCH", existing.rewriting(), of(existing, "pulls").build(), body);
  }

  @Override
  public List<String> complete(Existing existing, ChangeRequest request)
      throws InterruptedException {
    var additions = new Additions();
    addLabels(existing, request, additions);
    HttpUrl url = of(existing, "pulls").addPathSegment(dialect.reviewers()).build();
    // One by one: if a request contains one name that the service does not accept, it refuses all
    // names.
    for (String reviewer : Additions.missing(request.reviewers(), reviewers(existing))) {
      String what = "ask '" + reviewer + "' for a review";
      additions.attempt(what, () -> api.send("POST", what, url, dialect.asking(reviewer)));
    }
    return additions.notes();
  }

  private void addLabels(Existing existing, ChangeRequest request, Additions additions)
      throws InterruptedException {
    List<String> labels =
        Additions.missing(request.labels(), Json.texts(existing.raw().path("labels"), "name"));
    if (labels.isEmpty()) {
      return;
    }
    ArrayNode values =
        dialect.numbersLabels()
            ? new GiteaLabels(api, project).numbers(labels, additions)
            : GitHubDialect.list(labels);
    if (!values.isEmpty()) {
      HttpUrl url = of(existing, dialect.labelled()).addPathSegment("labels").build();
      String what = "add the labels " + String.join(", ", labels);
      additions.attempt(what, () -> api.send("POST", what, url, dialect.labelling(values)));
    }
  }

  private Set<String> reviewers(Existing existing) {
    JsonNode pull = existing.raw();
    var names = new LinkedHashSet<>(Json.texts(pull.path(dialect.reviewers()), "login"));
    String owner = Json.text(pull, "/base/repo/owner/login");
    Json.texts(pull.path("requested_teams"), "slug").forEach(team -> names.add(owner + "/" + team));
    return names;
  }

  private HttpUrl.Builder of(Existing existing, String what) {
    return repository(what).addPathSegment(existing.number());
  }

  private HttpUrl.Builder repository(String what) {
    return api.at("repos", project.owner(), project.name(), what);
  }

  private Existing existing(JsonNode pull) {
    String title = Json.text(pull, "/title");
    return new Existing(
        Json.text(pull, "/number"),
        Json.text(pull, "/html_url"),
        state(pull),
        dialect.drafts().mark(title),
        dialect.drafts().unmarked(title),
        Json.text(pull, "/body"),
        Json.text(pull, "/head/sha"),
        pull);
  }

  /** The state: GitHub reports a merge by its time, Gitea by a flag, and Gitee by the state. */
  private static State state(JsonNode pull) {
    String word = Json.text(pull, "/state");
    if (word.equals("merged") || pull.path("merged").asBoolean() || pull.hasNonNull("merged_at")) {
      return State.MERGED;
    }
    return word.equals("open") ? State.OPEN : State.CLOSED;
  }
}

package io.numa.avatar.git.forge;

import static com.atlassian.oai.validator.report.ValidationReport.Level.ERROR;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.git.settings.HostingService;
import io.numa.avatar.http.Json;
import io.numa.avatar.testkit.fixture.ShownRequest.State;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import mockwebserver3.MockResponse;

/** A fake of GitHub. It checks every exchange against GitHub's own description of its API. */
final class FakeGitHub extends FakeForge {
  private static final OpenApiInteractionValidator DESCRIPTION =
      OpenApiInteractionValidator.createForInlineApiSpecification(resource("openapi.json"))
          .withBasePathOverride("/")
          .build();

  private static final JsonNode EXAMPLE = Json.parse(resource("pull-request.json")).orElseThrow();

  /** Refusals that the description leaves out, or whose bodies it leaves out. */
  private static final Set<String> UNDESCRIBED =
      Set.of("validation.response.status.unknown", "validation.response.body.unexpected");

  private static final List<String> DETAILS =
      List.of(
          "additions",
          "changed_files",
          "comments",
          "commits",
          "deletions",
          "maintainer_can_modify",
          "mergeable",
          "mergeable_state",
          "merged",
          "merged_by",
          "rebaseable",
          "review_comments");

  /** The exchanges that differ from the description. */
  final List<String> violations = new ArrayList<>();

  FakeGitHub() {
    super("team", "shop");
  }

  @Override
  HostingService service() {
    return HostingService.GITHUB;
  }

  @Override
  String authorization() {
    return "Bearer " + TOKEN;
  }

  @Override
  String apiPath() {
    return "/";
  }

  @Override
  boolean opens(Call call) {
    return call.is("POST", "repos", "team", "shop", "pulls");
  }

  @Override
  JsonNode message(String text) {
    return Json.object().put("message", text).put("documentation_url", "https://docs.github.com");
  }

  @Override
  MockResponse handle(Call call) {
    MockResponse answer = answer(call);
    judge(call, answer);
    return answer;
  }

  void judge(Call call, MockResponse answer) {
    var request = new SimpleRequest.Builder(call.method(), call.request().getUrl().encodedPath());
    for (String name : call.request().getUrl().queryParameterNames()) {
      request.withQueryParam(name, call.request().getUrl().queryParameterValues(name));
    }
    call.request()
        .getHeaders()
        .forEach(pair -> request.withHeader(pair.getFirst(), pair.getSecond()));
    if (!call.method().equals("GET")) {
      request.withBody(call.body().toString());
    }
    var response =
        SimpleResponse.Builder.status(answer.getCode())
            .withContentType("application/json")
            .withBody(body(answer));
    ValidationReport report = DESCRIPTION.validate(request.build(), response.build());
    report.getMessages().stream()
        .filter(message -> message.getLevel() == ERROR)
        .filter(message -> answer.getCode() < 400 || !UNDESCRIBED.contains(message.getKey()))
        .map(message -> call.request().getRequestLine() + ": " + message)
        .forEach(violations::add);
  }

  private static String body(MockResponse answer) {
    var buffer = new okio.Buffer();
    try {
      Objects.requireNonNull(answer.getBody()).writeTo(buffer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.readUtf8();
  }

  private MockResponse answer(Call call) {
    if (call.is("GET", "repos", "team", "shop", "pulls")) {
      ArrayNode found = JsonNodeFactory.instance.arrayNode();
      String head = call.query("head");
      if (head.startsWith("team:") && call.query("state").equals("all")) {
        of(head.substring("team:".length()), call.query("base"))
            .forEach(pull -> found.add(simple(pull)));
      }
      return json(200, found);
    }
    if (opens(call)) {
      return create(call.body());
    }
    if (call.is("PATCH", "repos", "team", "shop", "pulls", "*")) {
      Pull pull = pull(call.path().get(4));
      pull.title = call.body().path("title").asText();
      pull.body = call.body().path("body").asText();
      return json(200, json(pull));
    }
    if (call.is("POST", "repos", "team", "shop", "issues", "*", "labels")) {
      Pull pull = pull(call.path().get(4));
      call.body().path("labels").forEach(label -> pull.labels.add(label.asText()));
      return json(200, labels(pull));
    }
    if (call.is("POST", "repos", "team", "shop", "pulls", "*", "requested_reviewers")) {
      return ask(pull(call.path().get(4)), call.body());
    }
    return notFound();
  }

  private MockResponse create(JsonNode body) {
    String head = body.path("head").asText();
    String base = body.path("base").asText();
    if (open(head, base).isPresent()) {
      ObjectNode invalid =
          Json.object().put("message", "Validation Failed").put("documentation_url", "");
      invalid
          .putArray("errors")
          .addObject()
          .put("resource", "PullRequest")
          .put("code", "custom")
          .put("message", "A pull request already exists for team:" + head + ".");
      return json(422, invalid);
    }
    Pull pull = add(head, base);
    pull.title = body.path("title").asText();
    pull.body = body.path("body").asText();
    pull.draft = body.path("draft").asBoolean();
    return json(201, json(pull));
  }

  private MockResponse ask(Pull pull, JsonNode body) {
    for (JsonNode reviewer : body.path("reviewers")) {
      if (!USERS.containsKey(reviewer.asText())) {
        return json(422, message("Reviews may only be requested from collaborators."));
      }
      pull.reviewers.add(reviewer.asText());
    }
    body.path("team_reviewers").forEach(team -> pull.reviewers.add("team/" + team.asText()));
    return json(201, simple(pull));
  }

  /** A pull request as in lists, which leave out some members. */
  private ObjectNode simple(Pull pull) {
    return json(pull).without(DETAILS);
  }

  ObjectNode json(Pull pull) {
    ObjectNode json = EXAMPLE.deepCopy();
    json.put("number", pull.number)
        .put("html_url", webUrl(pull))
        .put("state", pull.state == State.OPEN ? "open" : "closed")
        .put("title", pull.title)
        .put("body", pull.body)
        .put("draft", pull.draft);
    if (pull.state != State.MERGED) {
      json.putNull("merged_at");
    }
    json.set("labels", labels(pull));
    ArrayNode reviewers = json.putArray("requested_reviewers");
    ArrayNode teams = json.putArray("requested_teams");
    for (String reviewer : pull.reviewers) {
      if (!reviewer.contains("/")) {
        ObjectNode user = EXAMPLE.path("user").deepCopy();
        reviewers.add(user.put("login", reviewer));
      }
    }
    json.set("requested_teams", teams);
    ((ObjectNode) json.path("head")).put("ref", pull.head).put("sha", commit(pull));
    ((ObjectNode) json.path("base")).put("ref", pull.base);
    return json;
  }

  private static ArrayNode labels(Pull pull) {
    ArrayNode labels = JsonNodeFactory.instance.arrayNode();
    for (String label : pull.labels) {
      ObjectNode json = EXAMPLE.path("labels").path(0).deepCopy();
      labels.add(json.put("name", label));
    }
    return labels;
  }

  static String resource(String name) {
    try (InputStream in = FakeGitHub.class.getResourceAsStream("/github/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

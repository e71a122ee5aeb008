package io.numa.avatar.git.forge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numa.avatar.git.settings.HostingService;
import io.numa.avatar.git.settings.HttpNetwork;
import io.numa.avatar.http.Json;
import io.numa.avatar.http.RetrySettings;
import io.numa.avatar.port.Secret;
import io.numa.avatar.port.repository.PendingPush;
import io.numa.avatar.task.BranchName;
import io.numa.avatar.task.RepositoryUrl;
import io.numa.avatar.testkit.fixture.ForgeWorld;
import io.numa.avatar.testkit.fixture.ShownRequest;
import io.numa.avatar.testkit.fixture.ShownRequest.State;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;

/**
 * A fake service on loopback with one repository. It answers as the service's documentation says,
 * one request at a time.
 */
abstract class FakeForge extends Dispatcher implements ForgeWorld, AutoCloseable {
  private static final String LOOPBACK = "127.0.0.1";
  static final String TOKEN = "t0ken-of-the-avatar";
  static final Map<String, Long> USERS = Map.of("ada", 11L, "grace", 12L);
  static final Map<String, Long> LABELS = Map.of("avatar", 21L, "urgent", 22L);

  private final MockWebServer server = new MockWebServer();
  private final List<String> repository;
  private final Deque<Fault> faults = new ArrayDeque<>();
  private final Map<String, String> tips = new HashMap<>();
  final List<Pull> pulls = new ArrayList<>();
  final List<Call> calls = new ArrayList<>();

  /** Answers calls about reviews and checks, of tests that have some. */
  Function<Call, Optional<MockResponse>> reviews = call -> Optional.empty();

  /** Answers calls that need no login. */
  Function<Call, Optional<MockResponse>> stores = call -> Optional.empty();

  /**
   * @param repository owner or groups, and name
   */
  FakeForge(String... repository) {
    this.repository = List.of(repository);
    server.setDispatcher(this);
    try {
      server.start(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A change request in the fake service. */
  static final class Pull {
    final int number;
    final String head;
    final String base;
    String title = "";
    String body = "";
    boolean draft;
    State state = State.OPEN;
    String lastCommit = "";
    final Set<String> labels = new LinkedHashSet<>();
    final Set<String> reviewers = new LinkedHashSet<>();

    Pull(int number, String head, String base) {
      this.number = number;
      this.head = head;
      this.base = base;
    }
  }

  /** A request, with the unescaped names of its path. */
  record Call(String method, List<String> path, RecordedRequest request) {
    JsonNode body() {
      String text = request.getBody() == null ? "" : request.getBody().utf8();
      return Json.parse(text).orElseGet(Json::object);
    }

    String query(String name) {
      return Optional.ofNullable(request.getUrl().queryParameter(name)).orElse("");
    }

    String header(String name) {
      return Optional.ofNullable(request.getHeaders().get(name)).orElse("");
    }

    boolean is(String wantedMethod, String... wantedPath) {
      if (!method.equals(wantedMethod) || path.size() != wantedPath.length) {
        return false;
      }
      for (int i = 0; i < wantedPath.length; i++) {
        if (!wantedPath[i].equals("*") && !wantedPath[i].equals(path.get(i))) {
          return false;
        }
      }
      return true;
    }
  }

  private record Fault(Predicate<Call> where, boolean handles, MockResponse answer) {}

  /** Gives the next matching call this answer, without carrying it out. */
  void answerOnce(Predicate<Call> where, MockResponse answer) {
    faults.add(new Fault(where, false, answer));
  }

  /** Carries out the next matching call, and loses its answer. */
  void loseTheAnswer(Predicate<Call> where) {
    MockResponse lost =
        new MockResponse.Builder()
            .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
            .build();
    faults.add(new Fault(where, true, lost));
  }

  @Override
  public synchronized MockResponse dispatch(RecordedRequest request) {
    var call = new Call(request.getMethod(), request.getUrl().pathSegments(), request);
    calls.add(call);
    Optional<Fault> fault = faults.stream().filter(one -> one.where().test(call)).findFirst();
    fault.ifPresent(faults::remove);
    if (fault.isPresent() && !fault.get().handles()) {
      return fault.get().answer();
    }
    MockResponse answer = stores.apply(call).orElseGet(() -> answer(call));
    return fault.map(Fault::answer).orElse(answer);
  }

  private MockResponse answer(Call call) {
    return call.header("Authorization").equals(authorization())
        ? reviews.apply(call).orElseGet(() -> handle(call))
        : json(401, message("Bad credentials"));
  }

  /** The required value of the header {@code Authorization}. */
  abstract String authorization();

  abstract MockResponse handle(Call call);

  abstract HostingService service();

  /** The service's body for an error. */
  abstract JsonNode message(String text);

  /** Whether a call opens a change request. */
  abstract boolean opens(Call call);

  /** The API's root, as a path. */
  abstract String apiPath();

  /** The beginning of a draft's title, if the service marks drafts there. */
  String draftMark() {
    return "";
  }

  Optional<String> username() {
    return Optional.empty();
  }

  HttpUrl apiUrl() {
    return url(apiPath());
  }

  HttpUrl url(String path) {
    return server.url(path).newBuilder().host(LOOPBACK).build();
  }

  ForgeHost host(String token) {
    ForgeHost host =
        ForgeHost.of(LOOPBACK + ":" + server.getPort(), service())
            .withApiUrl(apiUrl().uri())
            .withToken(() -> Optional.of(new Secret(token)));
    return username().map(host::withUsername).orElse(host);
  }

  /** Settings with short times, so that tests are fast. */
  ForgeSettings settings() {
    return settings(host(TOKEN));
  }

  static ForgeSettings settings(ForgeHost host) {
    return ForgeSettings.of(List.of(host), HttpNetwork.DIRECT)
        .withTimeout(Duration.ofSeconds(5))
        .withRetries(
            new RetrySettings(
                3, Duration.ofMillis(1), Duration.ofSeconds(20), Duration.ofSeconds(30)));
  }

  MockResponse json(int status, JsonNode body) {
    return new MockResponse.Builder()
        .code(status)
        .setHeader("Content-Type", "application/json; charset=utf-8")
        .body(body.toString())
        .build();
  }

  MockResponse notFound() {
    return json(404, message("Not Found"));
  }

  ObjectNode list(String name, Iterable<? extends JsonNode> items) {
    ObjectNode object = Json.object();
    items.forEach(object.putArray(name)::add);
    return object;
  }

  Pull add(String head, String base) {
    var pull = new Pull(pulls.size() + 1, head, base);
    pulls.add(pull);
    return pull;
  }

  Optional<Pull> open(String head, String base) {
    return pulls.stream()
        .filter(one -> one.head.equals(head) && one.base.equals(base))
        .filter(one -> one.state == State.OPEN)
        .findFirst();
  }

  /** The change requests of a branch and a target, the latest first. */
  List<Pull> of(String head, String base) {
    var found = new ArrayList<Pull>();
    for (Pull pull : pulls) {
      if (pull.head.equals(head) && pull.base.equals(base)) {
        found.add(0, pull);
      }
    }
    return found;
  }

  Pull pull(String number) {
    return pulls.get(Integer.parseInt(number) - 1);
  }

  /**
   * The commit that the service shows: the branch's commit as long as the change request is open.
   */
  String commit(Pull pull) {
    return pull.state == State.OPEN ? tips.getOrDefault(pull.head, "") : pull.lastCommit;
  }

  String webUrl(Pull pull) {
    return url("/" + String.join("/", repository) + "/pull/" + pull.number).toString();
  }

  @Override
  public RepositoryUrl repository() {
    return RepositoryUrl.parse(url("/" + String.join("/", repository) + ".git").toString());
  }

  @Override
  public synchronized void push(PendingPush push) {
    tips.put(push.branch().value(), push.commit().value());
  }

  @Override
  public synchronized List<ShownRequest> requests() {
    return pulls.stream().map(this::shown).toList();
  }

  private ShownRequest shown(Pull pull) {
    String mark = draftMark();
    boolean marked = !mark.isEmpty() && pull.title.startsWith(mark);
    return new ShownRequest(
        webUrl(pull),
        pull.state,
        new BranchName(pull.head),
        new BranchName(pull.base),
        marked ? pull.title.substring(mark.length()) : pull.title,
        pull.body,
        mark.isEmpty() ? pull.draft : marked,
        pull.labels,
        pull.reviewers);
  }

  @Override
  public synchronized void close(String url) {
    end(url, State.CLOSED);
  }

  @Override
  public synchronized void merge(String url) {
    end(url, State.MERGED);
  }

  private void end(String url, State state) {
    Pull pull = at(url);
    pull.lastCommit = commit(pull);
    pull.state = state;
  }

  @Override
  public synchronized void markReady(String url) {
    Pull pull = at(url);
    pull.draft = false;
    if (!draftMark().isEmpty() && pull.title.startsWith(draftMark())) {
      pull.title = pull.title.substring(draftMark().length());
    }
  }

  @Override
  public synchronized void addLabel(String url, String label) {
    at(url).labels.add(label);
  }

  private Pull at(String url) {
    return pull(url.substring(url.lastIndexOf('/') + 1));
  }

  @Override
  public void close() {
    server.close();
  }
}

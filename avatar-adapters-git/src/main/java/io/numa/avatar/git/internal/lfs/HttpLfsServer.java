package io.numa.avatar.git.internal.lfs;

import com.fasterxml.jackson.databind.JsonNode;
import io.numa.avatar.git.internal.access.HostLogin;
import io.numa.avatar.git.internal.lfs.LfsBatch.Action;
import io.numa.avatar.git.internal.lfs.LfsBatch.Item;
import io.numa.avatar.git.settings.GitSettings;
import io.numa.avatar.http.HttpAnswer;
import io.numa.avatar.http.address.Destination;
import io.numa.avatar.port.PortException;
import io.numa.avatar.task.FailureKind;
import io.numa.avatar.task.RepositoryUrl;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ProgressMonitor;

/** An LFS server that supports the batch API with its basic transfer. */
public final class HttpLfsServer implements LfsServer {
  private static final MediaType JSON = MediaType.get("application/vnd.git-lfs+json");
  private static final MediaType BYTES = MediaType.get("application/octet-stream");

  /** How many objects servers accept in one batch: GitHub's limit. */
  private static final int BATCH = 100;

  private static final int MOST_REDIRECTS = 5;

  private final HttpUrl endpoint;
  private final GitSettings settings;

  public HttpLfsServer(HttpUrl endpoint, GitSettings settings) {
    this.endpoint = endpoint;
    this.settings = settings;
  }

  HttpUrl endpoint() {
    return endpoint;
  }

  /** Carries out the server's answer for one object. */
  private interface Step {
    void take(LfsHttp http, LfsRefusals refusals, Item item) throws IOException;
  }

  @Override
  public void download(Collection<LfsPointer> objects, LfsStore into, ProgressMonitor monitor)
      throws IOException {
    transfer(
        "download", objects, (http, refusals, item) -> fetch(http, refusals, item, into), monitor);
  }

  @Override
  public void upload(Collection<LfsPointer> objects, LfsStore from) throws IOException {
    transfer(
        "upload",
        objects,
        (http, refusals, item) -> put(http, refusals, item, from),
        NullProgressMonitor.INSTANCE);
  }

  private void transfer(
      String operation, Collection<LfsPointer> objects, Step step, ProgressMonitor monitor)
      throws IOException {
    HostLogin.requireSafe(RepositoryUrl.parse(endpoint.toString()), settings.credentials());
    List<LfsPointer> all = List.copyOf(objects);
    var refusals =
        new LfsRefusals(
            shown(),
            settings.names(Destination.of(endpoint)),
            operation.equals("upload") ? FailureKind.PUSH_REJECTED : FailureKind.INVALID_ANSWER,
            settings.access().redactor());
    try (var http = new LfsHttp(endpoint, settings);
        var lanes = new LfsTransferQueue(http::cancel)) {
      for (int at = 0; at < all.size(); at += BATCH) {
        List<LfsPointer> some = all.subList(at, Math.min(at + BATCH, all.size()));
        lanes.run(
            some,
            left -> items(http, refusals, operation, List.copyOf(left)),
            item -> step.take(http, refusals, item),
            monitor);
      }
    }
  }

  /** Asks for the actions of some objects; in halves if the server takes no larger request. */
  private List<Item> items(
      LfsHttp http, LfsRefusals refusals, String operation, List<LfsPointer> objects)
      throws IOException {
    HttpAnswer answer =
        http.exchange(
            new Request.Builder()
                .url(endpoint + "/objects/batch")
                .header("Accept", JSON.toString())
                .post(RequestBody.create(LfsBatch.question(operation, objects), JSON))
                .build());
    if (answer.status() == 413 && objects.size() > 1) {
      int half = objects.size() / 2;
      List<Item> items = new ArrayList<>();
      items.addAll(items(http, refusals, operation, objects.subList(0, half)));
      items.addAll(items(http, refusals, operation, objects.subList(half, objects.size())));
      return items;
    }
    Optional<JsonNode> json = answer.successful() ? answer.json() : Optional.empty();
    if (json.isEmpty()) {
      throw refusals.ofBatch(answer);
    }
    return List.copyOf(LfsBatch.answer(json.get(), objects));
  }

  private String shown() {
    return "could not move LFS objects: the LFS server '" + endpoint + "'";
  }

  private void fetch(LfsHttp http, LfsRefusals refusals, Item item, LfsStore into)
      throws IOException {
    requireNoError(refusals, item);
    Action download = item.actions().get("download");
    if (download == null) {
      throw new LfsObjectException(item.object(), "the LFS server does not say where it is");
    }
    try (Response response = follow(http, refusals, item.object(), request(download).build());
        InputStream in = response.body().byteStream()) {
      into.add(item.object(), in);
    }
  }

  /** Follows redirects of object storage; sends no login to their targets. */
  private Response follow(LfsHttp http, LfsRefusals refusals, LfsPointer object, Request first)
      throws IOException {
    Request request = first;
    for (int i = 0; i <= MOST_REDIRECTS; i++) {
      Response response = http.send(request);
      if (response.isSuccessful()) {
        return response;
      }
      HttpAnswer answer = LfsHttp.answer(response);
      String location = answer.headers().get("Location");
      if (!response.isRedirect() || location == null) {
        throw refusals.ofTransfer(object, answer);
      }
      HttpUrl next = request.url().resolve(location);
      if (next == null) {
        throw new IOException("the LFS object storage redirects to what is no address");
      }
      request = new Request.Builder().url(allowed(next)).build();
    }
    throw new IOException("the LFS object storage redirects too often");
  }

  private static void requireNoError(LfsRefusals refusals, Item item) throws IOException {
    if (item.error().isPresent()) {
      throw refusals.ofObject(item.object(), item.error().get());
    }
  }

  private void put(LfsHttp http, LfsRefusals refusals, Item item, LfsStore from)
      throws IOException {
    requireNoError(refusals, item);
    Action upload = item.actions().get("upload");
    if (upload == null) {
      return; // the server has the object already
    }
    if (!from.has(item.object())) {
      throw new LfsObjectException(item.object(), "the LFS server has no such object either");
    }
    if (!from.isWhole(item.object())) {
      throw new LfsObjectException(item.object(), "its content was changed on this machine");
    }
    Request.Builder request = request(upload);
    String type = request.build().header("Content-Type");
    MediaType asked = type == null ? null : MediaType.parse(type);
    var body = RequestBody.create(from.path(item.object()).toFile(), asked == null ? BYTES : asked);
    requireTaken(refusals, item, http.exchange(request.put(body).build()));
    Action verify = item.actions().get("verify");
    if (verify != null) {
      var question = RequestBody.create(LfsBatch.verification(item.object()), JSON);
      requireTaken(
          refusals,
          item,
          http.exchange(request(verify).header("Accept", JSON.toString()).post(question).build()));
    }
  }

  private static void requireTaken(LfsRefusals refusals, Item item, HttpAnswer answer)
      throws IOException {
    if (!answer.successful()) {
      throw refusals.ofTransfer(item.object(), answer);
    }
  }

  private Request.Builder request(Action action) throws IOException {
    HttpUrl url = HttpUrl.parse(action.href());
    if (url == null) {
      throw new IOException("the LFS server names an invalid address");
    }
    var request = new Request.Builder().url(allowed(url));
    try {
      action.headers().forEach((name, value) -> addIfPasses(request, name, value));
    } catch (IllegalArgumentException e) {
      throw new IOException("the LFS server names headers that cannot be sent"); // may be secret
    }
    return request;
  }

  private static void addIfPasses(Request.Builder request, String name, String value) {
    if (LfsHeaders.passes(name)) {
      request.header(name, value);
    }
  }

  /** Refuses plain HTTP for an object's transfer if the server itself is reached over HTTPS. */
  private HttpUrl allowed(HttpUrl url) {
    if (endpoint.isHttps() && !url.isHttps()) {
      throw new PortException(
          FailureKind.DENIED, shown() + " redirects to plain http, at '" + url.host() + "'");
    }
    return url;
  }
}

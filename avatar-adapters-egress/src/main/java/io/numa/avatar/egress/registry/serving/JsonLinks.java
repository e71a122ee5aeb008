package io.numa.avatar.egress.registry.serving;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.function.Predicate;

/** Changes the links of JSON documents, value by value. */
final class JsonLinks implements Rewriting {
  private static final JsonFactory JSON = new JsonFactory();

  private final Set<String> mediaTypes;
  private final Predicate<JsonStreamContext> isLink;
  private final boolean leavesOwn;

  private JsonLinks(
      Set<String> mediaTypes, Predicate<JsonStreamContext> isLink, boolean leavesOwn) {
    this.mediaTypes = mediaTypes;
    this.isLink = isLink;
    this.leavesOwn = leavesOwn;
  }

  /**
   * Changes the tarballs of npm packages.
   *
   * @param leavesOwn whether links to the registry itself stay as they are
   */
  static JsonLinks ofNpm(boolean leavesOwn) {
    return new JsonLinks(
        Set.of("application/json", "application/vnd.npm.install-v1+json"),
        place -> isNamed(place, "tarball") && isNamed(place.getParent(), "dist"),
        leavesOwn);
  }

  /** Changes the files of a Python project (PEP 691). */
  static JsonLinks ofIndex() {
    return new JsonLinks(
        Set.of("application/vnd.pypi.simple.v1+json"),
        place -> isNamed(place, "url") && isListed(place.getParent(), "files"),
        false);
  }

  private static boolean isNamed(JsonStreamContext place, String name) {
    return place != null && name.equals(place.getCurrentName());
  }

  private static boolean isListed(JsonStreamContext place, String name) {
    return place != null && place.inArray() && isNamed(place.getParent(), name);
  }

  @Override
  public boolean reads(String mediaType) {
    return mediaTypes.contains(mediaType);
  }

  @Override
  public void rewrite(InputStream in, OutputStream out, Links links) throws IOException {
    try (JsonParser parser = JSON.createParser(in);
        JsonGenerator generator = JSON.createGenerator(out)) {
      generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      // A document that ends too early must not look complete.
      generator.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
      while (parser.nextToken() != null) {
        copy(parser, generator, links);
      }
    }
  }

  private void copy(JsonParser parser, JsonGenerator generator, Links links) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING
        || !isLink.test(parser.getParsingContext())) {
      generator.copyCurrentEventExact(parser);
      return;
    }
    String link = parser.getText();
    generator.writeString(leavesOwn && links.isOwn(link) ? link : links.inside(link));
  }
}

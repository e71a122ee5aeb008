package io.numa.avatar.git.forge;

import mockwebserver3.MockResponse;

final class BitbucketTest extends ForgeContract {
  @Override
  FakeForge forge() {
    return new FakeBitbucket();
  }

  @Override
  protected boolean knowsLabels() {
    return false;
  }

  @Override
  protected String named(String user) {
    return "{" + user + "}";
  }

  /** Here, opening a second one finds the first by itself. */
  @Override
  MockResponse emptyList() {
    return new MockResponse.Builder().code(500).build();
  }
}

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

  /** At Bitbucket, opening a second pull request updates the first one. */
  @Override
  MockResponse emptyList() {
    return new MockResponse.Builder().code(500).build();
  }
}

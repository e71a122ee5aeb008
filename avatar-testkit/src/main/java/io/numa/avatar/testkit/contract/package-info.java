/**
 * The tests that every adapter of a port must pass, as JUnit classes to extend.
 *
 * <p>Authors of adapters extend the class of their port and provide the adapter under test. Begin
 * with {@link io.numa.avatar.testkit.contract.RepositoryContract}.
 */
@NullMarked
package io.numa.avatar.testkit.contract;

import org.jspecify.annotations.NullMarked;

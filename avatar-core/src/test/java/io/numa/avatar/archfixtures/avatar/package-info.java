/**
 * Offenders: each class breaks the architecture rule that it names, which shows that the rule can
 * fail.
 */
@NullMarked
package io.numa.avatar.archfixtures.avatar;

import org.jspecify.annotations.NullMarked;

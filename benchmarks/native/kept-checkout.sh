# One checkout, kept for all tasks; as many of it as run at a time.
. "${BASH_SOURCE%/*}/common.sh"
mark clone
[ -d "tree-$PLACE" ] || git clone -q --branch "$BASE" "$URL" "tree-$PLACE"
cd "tree-$PLACE"
git fetch -q origin "$BASE"
git checkout -q -f -B "$BRANCH" "origin/$BASE"
git clean -q -ffdx
change_test_commit_push

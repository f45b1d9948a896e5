// /// script
// dependencies = ["azurite@3.37.0"]
//
// [tool.world]
// title = "Azurite"
// command = "{bin}/azurite-blob --blobPort {port} --location . --silent"
//
// [tool.world.styles."the service of blobs"]
// header = "x-ms-version"
// oldest = "2019-12-12"
// newest = "2026-06-06"
// others = { unknown = "2099-01-01", "before the first" = "2001-01-01", between = "2026-06-05", malformed = "one", removed = "" }
// resource = "/devstoreaccount1?comp=list&sp=rl&ss=b&srt=sco&se=2099-01-01T00%3A00%3A00Z&sv=2019-12-12&sig=7Rw2roonwPIqsjG7r6moymYMTkdTaqWfwL7AbpSMvgk%3D"
// own = false
// ///
// The service itself, in the account that every installation has; the signature is made with that account's published key.

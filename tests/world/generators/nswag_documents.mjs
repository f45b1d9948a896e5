// /// script
// dependencies = ["nswag@13.20.0"]
//
// [tool.world]
// title = "NSwag"
// wheels = ["dotnetcore2==3.1.23"]
//
// [tool.world.styles."a document of each version's controllers"]
// contracts = { "1" = "/documents/1.json", "2" = "/documents/2.json" }
// fault = "AV301"
// policy = '''
// [api]
// name = "Depot"
// base_url = "${SERVICE_URL}"
// [versioning]
// scheme = "integer"
// carriers = ["path"]
// path = { template = "/v{version}" }
// missing = { reject = 404 }
// unknown = { reject = 404 }
// malformed = { reject = 404 }
// '''
//
// [tool.world.styles."a document of each version's controllers".changes]
// "1 2" = [
//   "info operation-added DELETE /v2/parcels/{id}",
//   "error deprecated-operation-removed GET /v1/parcels/{id}/marks",
//   "error request-max-length-decreased NewParcel.name",
//   "error request-required-property-added NewParcel.sender",
//   "info request-enum-value-added Size",
//   "info request-enum-value-added size",
//   "warning response-enum-value-added Size",
//   "warning response-optional-property-removed Parcel.shelf",
//   "info response-required-property-added Parcel.counted",
// ]
// ///
// A depot in ASP.NET Core 2.1, and what NSwag writes of its controllers. All of it is in the package of NSwag, but the runtime, which comes
// as a wheel, and the compiler: `mcs` of Mono has to be on the machine.

import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";

const SOURCE = String.raw`
using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.ComponentModel.DataAnnotations;
using System.IO;
using System.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.DependencyInjection;
using Newtonsoft.Json;
using Newtonsoft.Json.Converters;

public static class Depot
{
    public static readonly bool Fault = Environment.GetEnvironmentVariable("FAULT") != null;
    public static readonly ConcurrentDictionary<Guid, Kept> Parcels = new ConcurrentDictionary<Guid, Kept>();

    public static void Main()
    {
        var parts = new ApplicationPartManager();
        parts.ApplicationParts.Add(new AssemblyPart(typeof(Depot).Assembly));
        new WebHostBuilder()
            .UseKestrel()
            .UseUrls("http://127.0.0.1:" + Environment.GetEnvironmentVariable("PORT"))
            .ConfigureServices(services =>
            {
                services.AddSingleton(parts);
                services.AddMvcCore(options => options.Filters.Add(new ValidFilter())).AddJsonFormatters();
            })
            .Configure(app =>
            {
                app.Map("/documents", documents => documents.Run(async context =>
                {
                    context.Response.ContentType = "application/json";
                    await context.Response.WriteAsync(File.ReadAllText("documents" + context.Request.Path.Value));
                }));
                app.UseMvc();
            })
            .Build()
            .Run();
    }
}

public class Kept
{
    public string Name;
    public string Size;
    public decimal? Weight;
    public List<string> Marks;
    public DateTimeOffset Arrived;
}

/// What the annotations say is held, as MVC's own package for them does.
public class ValidFilter : IActionFilter
{
    public void OnActionExecuting(ActionExecutingContext context)
    {
        var wrong = !context.ModelState.IsValid || context.ActionArguments.Values.Any(Wrong)
            || context.ActionDescriptor.Parameters.Any(each =>
                each.BindingInfo?.BindingSource?.Id == "Body" &&
                (!context.ActionArguments.TryGetValue(each.Name, out var body) || body == null));
        if (wrong) context.Result = new BadRequestObjectResult(new Problem { Message = "the request is not as declared" });
    }

    public void OnActionExecuted(ActionExecutedContext context) { }

    static bool Wrong(object value)
    {
        if (value == null || value is string) return false;
        return !Validator.TryValidateObject(value, new ValidationContext(value), null, true);
    }
}

public class Problem
{
    [Required]
    public string Message { get; set; }
}

namespace First
{
    [JsonConverter(typeof(StringEnumConverter))]
    public enum Size { Small, Large }

    public class NewParcel
    {
        [Required, StringLength(40, MinimumLength = 1), RegularExpression("^[ -~]*$")]
        public string Name { get; set; }
        public Size Size { get; set; }
        [Range(0.0, 1000.0)]
        public decimal? Weight { get; set; }
        [MaxLength(5)]
        public List<string> Marks { get; set; }
    }

    public class Parcel
    {
        public Guid Id { get; set; }
        [Required]
        public string Name { get; set; }
        public Size Size { get; set; }
        public decimal? Weight { get; set; }
        public List<string> Marks { get; set; }
        public DateTimeOffset Arrived { get; set; }
        public string Shelf { get; set; }
    }

    [Route("v1/parcels")]
    public class ParcelsController : ControllerBase
    {
        static Parcel Shown(KeyValuePair<Guid, Kept> kept) => new Parcel
        {
            Id = kept.Key, Name = kept.Value.Name, Size = kept.Value.Size == "Small" ? Size.Small : Size.Large,
            Weight = kept.Value.Weight, Marks = kept.Value.Marks, Arrived = kept.Value.Arrived, Shelf = "north",
        };

        [HttpGet]
        [ProducesResponseType(typeof(List<Parcel>), 200)]
        [ProducesResponseType(typeof(Problem), 400)]
        public IActionResult List(Size? size = null) =>
            Ok(Depot.Parcels.OrderByDescending(each => each.Value.Arrived).Select(Shown).Where(each => size == null || each.Size == size).Take(20));

        [HttpPost]
        [ProducesResponseType(typeof(Parcel), 201)]
        [ProducesResponseType(typeof(Problem), 400)]
        public IActionResult Take([FromBody, Required] NewParcel parcel)
        {
            if (!Enum.IsDefined(typeof(Size), parcel.Size)) return BadRequest(new Problem { Message = "no such size" });
            var id = Guid.NewGuid();
            var kept = new Kept { Name = parcel.Name, Size = parcel.Size.ToString(), Weight = parcel.Weight, Marks = parcel.Marks, Arrived = DateTimeOffset.UtcNow };
            Depot.Parcels[id] = kept;
            return StatusCode(201, Shown(new KeyValuePair<Guid, Kept>(id, kept)));
        }

        [HttpGet("{id}")]
        [ProducesResponseType(typeof(Parcel), 200)]
        [ProducesResponseType(typeof(Problem), 400)]
        [ProducesResponseType(typeof(Problem), 404)]
        public IActionResult Show(Guid id) => Depot.Parcels.TryGetValue(id, out var kept)
            ? (IActionResult)Ok(Shown(new KeyValuePair<Guid, Kept>(id, kept)))
            : NotFound(new Problem { Message = "no such parcel" });

        [HttpGet("{id}/marks")]
        [Obsolete]
        [ProducesResponseType(typeof(List<string>), 200)]
        [ProducesResponseType(typeof(Problem), 400)]
        [ProducesResponseType(typeof(Problem), 404)]
        public IActionResult Marks(Guid id) => Depot.Parcels.TryGetValue(id, out var kept)
            ? (IActionResult)Ok(kept.Marks ?? new List<string>())
            : NotFound(new Problem { Message = "no such parcel" });
    }
}

namespace Second
{
    [JsonConverter(typeof(StringEnumConverter))]
    public enum Size { Small, Large, Huge }

    public class NewParcel
    {
        [Required, StringLength(20, MinimumLength = 1), RegularExpression("^[ -~]*$")]
        public string Name { get; set; }
        public Size Size { get; set; }
        [Range(0.0, 1000.0)]
        public decimal? Weight { get; set; }
        [MaxLength(5)]
        public List<string> Marks { get; set; }
        [Required, StringLength(60, MinimumLength = 1), RegularExpression("^[ -~]*$")]
        public string Sender { get; set; }
    }

    public class Parcel
    {
        public Guid Id { get; set; }
        [Required]
        public string Name { get; set; }
        public Size Size { get; set; }
        public decimal? Weight { get; set; }
        public List<string> Marks { get; set; }
        public DateTimeOffset Arrived { get; set; }
        [Required]
        public Dictionary<string, int> Counted { get; set; }
    }

    [Route("v2/parcels")]
    public class ParcelsController : ControllerBase
    {
        static Parcel Shown(KeyValuePair<Guid, Kept> kept) => new Parcel
        {
            Id = kept.Key, Name = kept.Value.Name, Size = (Size)Enum.Parse(typeof(Size), kept.Value.Size),
            Weight = kept.Value.Weight, Marks = kept.Value.Marks, Arrived = kept.Value.Arrived,
            Counted = Depot.Fault ? null : new Dictionary<string, int> { ["moved"] = 1 },
        };

        [HttpGet]
        [ProducesResponseType(typeof(List<Parcel>), 200)]
        [ProducesResponseType(typeof(Problem), 400)]
        public IActionResult List(Size? size = null) =>
            Ok(Depot.Parcels.OrderByDescending(each => each.Value.Arrived).Select(Shown).Where(each => size == null || each.Size == size).Take(20));

        [HttpPost]
        [ProducesResponseType(typeof(Parcel), 201)]
        [ProducesResponseType(typeof(Problem), 400)]
        public IActionResult Take([FromBody, Required] NewParcel parcel)
        {
            if (!Enum.IsDefined(typeof(Size), parcel.Size)) return BadRequest(new Problem { Message = "no such size" });
            var id = Guid.NewGuid();
            var kept = new Kept { Name = parcel.Name, Size = parcel.Size.ToString(), Weight = parcel.Weight, Marks = parcel.Marks, Arrived = DateTimeOffset.UtcNow };
            Depot.Parcels[id] = kept;
            return StatusCode(201, Shown(new KeyValuePair<Guid, Kept>(id, kept)));
        }

        [HttpGet("{id}")]
        [ProducesResponseType(typeof(Parcel), 200)]
        [ProducesResponseType(typeof(Problem), 400)]
        [ProducesResponseType(typeof(Problem), 404)]
        public IActionResult Show(Guid id) => Depot.Parcels.TryGetValue(id, out var kept)
            ? (IActionResult)Ok(Shown(new KeyValuePair<Guid, Kept>(id, kept)))
            : NotFound(new Problem { Message = "no such parcel" });

        [HttpDelete("{id}")]
        [ProducesResponseType(204)]
        [ProducesResponseType(typeof(Problem), 400)]
        [ProducesResponseType(typeof(Problem), 404)]
        public IActionResult Fetch(Guid id) => Depot.Parcels.TryRemove(id, out var kept)
            ? (IActionResult)NoContent()
            : NotFound(new Problem { Message = "no such parcel" });
    }
}
`;

const tools = "node_modules/nswag/bin/binaries/NetCore21";
const dotnet = "wheels/dotnetcore2/bin/dotnet";
const runs = (file) => ["exec", "--runtimeconfig", "depot.runtimeconfig.json", file];
const environment = { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: "1" };

chmodSync(dotnet, 0o755);
mkdirSync("documents", { recursive: true });
writeFileSync("depot.cs", SOURCE);
const framework = { name: "Microsoft.NETCore.App", version: "3.1.0" };
const runtimeOptions = { framework, configProperties: { "System.Globalization.Invariant": true } };
writeFileSync("depot.runtimeconfig.json", JSON.stringify({ runtimeOptions }));
const used = "Mvc.Core Mvc.Abstractions Mvc.Formatters.Json Hosting Hosting.Abstractions Http.Abstractions Server.Kestrel Server.Kestrel.Core"
  .split(" ")
  .map((name) => `Microsoft.AspNetCore.${name}.dll`);
const others = ["Microsoft.Extensions.DependencyInjection.Abstractions.dll", "Newtonsoft.Json.dll", "System.ComponentModel.DataAnnotations.dll"];
execFileSync("mcs", [`-out:${tools}/depot.dll`, "-r:node_modules/nswag/bin/binaries/Win/netstandard.dll", `-lib:${tools}`, `-r:${[...used, ...others].join()}`, "-nowarn:CS1701,CS0612,CS0618", "depot.cs"], { stdio: ["ignore", "inherit", "inherit"] });
for (const [version, namespace] of [["1", "First"], ["2", "Second"]]) {
  execFileSync(
    dotnet,
    [...runs(`${tools}/dotnet-nswag.dll`), "webapi2openapi", `/assembly:${tools}/depot.dll`, `/controllers:${namespace}.ParcelsController`, "/aspnetcore:true", "/defaultpropertynamehandling:CamelCase", "/outputtype:OpenApi3", `/infoversion:${version}.0`, "/infotitle:Depot", `/output:documents/${version}.json`],
    { env: environment, stdio: ["ignore", "inherit", "inherit"] },
  );
}
spawn(dotnet, runs(`${tools}/depot.dll`), { env: environment, stdio: "inherit" });

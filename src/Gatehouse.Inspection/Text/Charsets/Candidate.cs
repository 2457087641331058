using System.Buffers;
using System.Text;

namespace Gatehouse.Inspection.Text.Charsets;

/// <summary>A charset that customers' texts are in, and the characters that are common in it; the more common charset comes first.</summary>
internal sealed class Candidate
{
    private const string Western = "éèàçùâêîôûëïüöäßñáíóúåæøãõìòýÉÈÀÇÂÊÎÔÛËÏÜÖÄÑÁÍÓÚÅÆØÃÕ’‘“”„–—…€°£§«»¿¡·©®²³½ºª×±™•";
    private const string Central = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽőűŐŰöüÖÜäÄôÔľĺŕâăîşţÂĂÎŞŢđĐëç’‘“”„–—…€°§«»©®×±";

    private Candidate(string name, int codePage, Script script, string common)
    {
        Name = name;
        Script = script;
        Common = common.ToHashSet();
        Encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"))
            ?? Encoding.GetEncoding(codePage, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"));
    }

    public string Name { get; }

    public Script Script { get; }

    public IReadOnlySet<char> Common { get; }

    public Encoding Encoding { get; }

    /// <summary>What no text decodes to: the replacement character, C1 controls, private use.</summary>
    public static SearchValues<char> NoText { get; } =
        SearchValues.Create([.. Range(0x80, 0x9F), .. Range(0xE000, 0xF8FF), '\uFFFD']);

    public static IReadOnlyList<Candidate> All { get; } =
    [
        new("windows-1252", 1252, Script.Latin, Western),
        new("iso-8859-15", 28605, Script.Latin, Western),
        new("windows-1254", 1254, Script.Latin, "çğışöüÇĞİŞÖÜâîûÂ’‘“”–—…€°"),
        new("iso-8859-9", 28599, Script.Latin, "çğışöüÇĞİŞÖÜâîûÂ°"),
        new("windows-1250", 1250, Script.Latin, Central),
        new("iso-8859-2", 28592, Script.Latin, Central),
        new("windows-1251", 1251, Script.Cyrillic, "«»—–№…“”„’°ёЁіІїЇєЄґҐђЂћЋљЉњЊџЏјЈ"),
        new("koi8-r", 20866, Script.Cyrillic, "ёЁ°©"),
        new("iso-8859-5", 28595, Script.Cyrillic, "№§ёЁіІїЇєЄђЂћЋљЉњЊџЏјЈ"),
        new("windows-1253", 1253, Script.Greek, "«»—–…“”‘’€°΄΅·"),
        new("windows-1255", 1255, Script.Hebrew, "“”‘’–—…₪״׳°"),
        new("windows-1256", 1256, Script.Arabic, "،؛؟«»“”‘’–…°éèàçêâîôûù"),
        new("shift_jis", 932, Script.Japanese, string.Empty),
        new("euc-jp", 51932, Script.Japanese, string.Empty),
        // As the Encoding Standard has it: with all of Windows' syllables.
        new("euc-kr", 949, Script.Korean, string.Empty),
        new("gb18030", 54936, Script.Chinese, CommonHan.Simplified),
        new("big5", 950, Script.Chinese, CommonHan.Traditional),
    ];

    private static IEnumerable<char> Range(int first, int last) => Enumerable.Range(first, last - first + 1).Select(c => (char)c);
}

/// <summary>What a charset's texts are written in.</summary>
internal enum Script
{
    Latin,
    Cyrillic,
    Greek,
    Hebrew,
    Arabic,
    Japanese,
    Korean,
    Chinese,
}

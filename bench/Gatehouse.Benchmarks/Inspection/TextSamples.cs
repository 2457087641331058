using System.Text;

namespace Gatehouse.Benchmarks.Inspection;

/// <summary>Letters as customers write them, in UTF-8 and in the charsets that came before it.</summary>
internal static class TextSamples
{
    private const int Small = 10_000;
    private const int Large = 5_000_000;

    private const string English = "Good morning, my order 4711 (placed on 3 May) has not arrived yet. I paid 50% in advance + shipping; could you please look into it?\r\n";
    private const string German = "Guten Tag, meine Bestellung für die Küche ist nicht da. Schöne Grüße aus Köln – 5 € <Frau Müller>\r\n";
    private const string Polish = "Proszę o pomoc, zażółć gęślą jaźń, paczka nie dotarła. Dziękuję i życzę miłego dnia.\r\n";
    private const string Russian = "Здравствуйте, мой заказ ещё не пришёл. Помогите, пожалуйста, разобраться.\r\n";
    private const string Japanese = "こんにちは、注文番号の件でご連絡しました。荷物がまだ届いていません。\r\n";
    private const string Korean = "안녕하세요, 주문한 물건이 아직 도착하지 않았습니다. 확인 부탁드립니다.\r\n";
    private const string Chinese = "你好，我的订单还没有到，请帮我看一下是什么问题。谢谢你们的帮助。\r\n";
    private const string Taiwanese = "你好，我的訂單還沒有到，請幫我看一下是什麼問題。謝謝你們的幫助。\r\n";

    public static IEnumerable<InspectionSample> All()
    {
        yield return new("text ascii 10 KB", Fill(Encoding.UTF8, English, Small));
        yield return new("text utf-8 10 KB", Fill(Encoding.UTF8, German, Small));
        yield return new("text 1252 10 KB", Fill(Of(1252), German, Small));
        yield return new("text ascii 5 MB", Fill(Encoding.UTF8, English, Large));
        yield return new("text utf-8 5 MB", Fill(Encoding.UTF8, German, Large));
        yield return new("text utf-8 kana 5 MB", Fill(Encoding.UTF8, Japanese, Large));
        yield return new("text utf-16 5 MB", [0xFF, 0xFE, .. Fill(Encoding.Unicode, German, Large)]);
        yield return new("text 1252 5 MB", Fill(Of(1252), German, Large));
        yield return new("text 1250 5 MB", Fill(Of(1250), Polish, Large));
        yield return new("text 1251 5 MB", Fill(Of(1251), Russian, Large));
        yield return new("text koi8-r 5 MB", Fill(Of(20866), Russian, Large));
        yield return new("text shift_jis 5 MB", Fill(Of(932), Japanese, Large));
        yield return new("text euc-jp 5 MB", Fill(Of(51932), Japanese, Large));
        yield return new("text euc-kr 5 MB", Fill(Of(51949), Korean, Large));
        yield return new("text gb18030 5 MB", Fill(Of(54936), Chinese, Large));
        yield return new("text big5 5 MB", Fill(Of(950), Taiwanese, Large));
    }

    private static Encoding Of(int codePage) => CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);

    /// <summary>Whole lines, numbered so that no two are the same.</summary>
    private static byte[] Fill(Encoding encoding, string line, int length)
    {
        var bytes = new List<byte>();
        for (var number = 1; bytes.Count < length; number++)
            bytes.AddRange(encoding.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number} {line}")));
        return [.. bytes];
    }
}
